// The page's end of the worker.

import { type Kind, type Problem, ProblemError, type Progress, type Questions, type Reply } from "./protocol";
import workerUrl from "./worker.ts?worker&url";

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
  progress: ((progress: Progress) => void) | undefined;
}

/** A worker, replaced when it is stopped or breaks. */
export class Client {
  #worker: Worker | null = null;
  #waiting = new Map<number, Waiting>();
  #next = 1;

  ask<K extends Kind>(
    kind: K,
    ask: Questions[K]["ask"],
    progress?: (progress: Progress) => void,
  ): Promise<Questions[K]["answer"]> {
    this.#worker ??= this.#start();
    const id = this.#next++;
    const answered = new Promise<Questions[K]["answer"]>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: never) => void, reject, progress });
    });
    this.#worker.postMessage({ id, kind, ask });
    return answered;
  }

  /** Ends whatever is running, at once: memory is given back with the worker. */
  stop(): void {
    this.#end([{ code: "interrupted", message: "the run was stopped", location: {} }]);
  }

  #start(): Worker {
    // A worker made from a blob is under this page's policy; one fetched from a server would have none of its own.
    const address = new URL(workerUrl, document.baseURI).href;
    const blob = new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" });
    const url = URL.createObjectURL(blob);
    const worker = new Worker(url, { type: "module", name: "modelassay" });
    worker.onmessage = (event: MessageEvent<Reply>) => this.#answer(event.data);
    worker.onerror = (event) => {
      const reason = event.message ? `: ${event.message}` : "";
      this.#end([
        {
          code: "internal",
          message: `the part of the page that reads files stopped${reason}`,
          hint: "Reload the page; if it happens again, your browser may be too old, or short of memory.",
          location: {},
        },
      ]);
    };
    return worker;
  }

  #answer(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    if ("progress" in reply) {
      waiting.progress?.(reply.progress);
      return;
    }
    this.#waiting.delete(reply.id);
    if (!("problems" in reply)) {
      waiting.resolve(reply.answer as never);
      return;
    }
    waiting.reject(new ProblemError(reply.problems));
    if (reply.broken) this.#end(reply.problems);
  }

  #end(problems: Problem[]): void {
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) one.reject(new ProblemError(problems));
  }
}
