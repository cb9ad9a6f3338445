//! The steps behind `cargo xtask wasm`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde_json::json;
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use super::toolchain::{TARGET, Toolchain};
use crate::{Result, root, succeed, write};

/// One module that ships.
struct Module {
    /// Folder under `bindings-wasm/pkg`.
    name: &'static str,
    /// Features of `modelassay-wasm`.
    features: &'static str,
    /// Largest size a browser may have to fetch, in bytes after Brotli.
    limit: usize,
}

const MODULES: [Module; 3] = [
    Module { name: "core", features: "audit", limit: 600_000 },
    Module { name: "full", features: "full", limit: 1_300_000 },
    Module { name: "report", features: "report", limit: 300_000 },
];

/// Crates whose speed nobody would notice, compiled for size: much of them is never called, and no linker can tell.
const SMALL: [&str; 17] = [
    "arrow-array",
    "arrow-cast",
    "arrow-data",
    "arrow-ipc",
    "arrow-schema",
    "arrow-select",
    "flatbuffers",
    "jiff",
    "jiff-core",
    "modelassay",
    "ndarray",
    "num-bigint",
    "saphyr-parser",
    "serde",
    "serde_core",
    "serde_json",
    "zstd-sys",
];

/// What browsers in support have. Never `--all-features`: the output then loads nowhere.
const WASM_OPT: [&str; 8] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-simd",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-mutable-globals",
];

pub(crate) fn run(release: bool) -> Result<()> {
    let toolchain = Toolchain::find()?;
    let mut built = Vec::new();
    for module in &MODULES {
        let started = Instant::now();
        println!("wasm: {} module", module.name);
        let package = root().join("bindings-wasm/pkg").join(module.name);
        bind(&compile(&toolchain, module, release)?, &package)?;
        let file = package.join("modelassay_bg.wasm");
        let brotli = if release { Some(optimise(&file)?) } else { None };
        let bytes = read(&file)?.len();
        let compressed = brotli.map_or(String::new(), |size| format!(", {} after Brotli", kilobytes(size)));
        let seconds = started.elapsed().as_secs();
        println!("wasm: {} module: {}{compressed} ({seconds} s)", module.name, kilobytes(bytes));
        built.push((module, bytes, brotli));
    }
    let record = json!({
        "optimised": release,
        "modules": built.iter().map(|(module, raw, brotli)| {
            (module.name.to_owned(), json!({"bytes": raw, "brotli": brotli, "limit": module.limit}))
        }).collect::<serde_json::Map<_, _>>(),
    });
    let mut text = serde_json::to_string_pretty(&record).map_err(|error| error.to_string())?;
    text.push('\n');
    write(&root().join("bindings-wasm/pkg/build.json"), text.as_bytes())?;

    let heavy: Vec<String> = built
        .iter()
        .filter(|(module, _, brotli)| brotli.is_some_and(|size| size > module.limit))
        .map(|(module, _, brotli)| {
            let size = kilobytes(brotli.unwrap_or_default());
            format!("{} module: {size} after Brotli, and the limit is {}", module.name, kilobytes(module.limit))
        })
        .collect();
    if heavy.is_empty() { Ok(()) } else { Err(heavy.join("\n")) }
}

/// Compiles one module and keeps it apart: cargo gives all the same name.
fn compile(toolchain: &Toolchain, module: &Module, release: bool) -> Result<PathBuf> {
    let folder = target_dir().join("wasm");
    let profile = if release { "wasm" } else { "dev" };
    let mut command = toolchain.cargo_build()?;
    command.current_dir(root()).env("CARGO_TARGET_DIR", &folder);
    command.args([
        "--package",
        "modelassay-wasm",
        "--lib",
        "--profile",
        profile,
        "--no-default-features",
        "--features",
        module.features,
    ]);
    if release {
        for name in SMALL {
            command.arg("--config").arg(format!("profile.wasm.package.{name}.opt-level=\"z\""));
        }
    }
    succeed(&mut command)?;
    let profile_folder = if release { "wasm" } else { "debug" };
    let output = folder.join(TARGET).join(profile_folder).join("modelassay_wasm.wasm");
    let kept = folder.join("built").join(module.name).join("modelassay.wasm");
    write(&kept, &read(&output)?)?;
    Ok(kept)
}

/// Writes the module with its JavaScript: an ES module for pages and workers, and for Node when it is handed the bytes.
fn bind(wasm: &Path, package: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("modelassay").typescript(true).remove_name_section(true);
    // The library's default is the opposite of the command's; without it, `init()` has nothing to fetch.
    bindgen.omit_default_module_path(false);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(package))
        .map_err(|error| format!("wasm-bindgen failed: {error:#}"))
}

/// Optimises a module in place and weighs it after Brotli; the same input is optimised once.
fn optimise(file: &Path) -> Result<usize> {
    let bytes = read(file)?;
    let tool = root().join("bindings-wasm/node_modules/binaryen/bin/wasm-opt");
    let version = read(&root().join("bindings-wasm/node_modules/binaryen/package.json"))
        .map_err(|_| "wasm-opt is not installed; run scripts/setup.sh web".to_owned())?;
    let mut hash = Sha256::new();
    for part in [bytes.as_slice(), &version, WASM_OPT.join(" ").as_bytes()] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let key: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = target_dir().join("wasm-opt").join(format!("{key}.wasm"));
    let weight = kept.with_extension("brotli");
    if !kept.exists() || !weight.exists() {
        println!("wasm: optimising {}, which takes minutes for the larger module", kilobytes(bytes.len()));
        let partial = kept.with_extension("partial");
        std::fs::create_dir_all(target_dir().join("wasm-opt")).map_err(|error| error.to_string())?;
        succeed(Command::new("node").arg(tool).args(WASM_OPT).arg(file).arg("-o").arg(&partial))?;
        write(&weight, brotli_size(&partial)?.to_string().as_bytes())?;
        std::fs::rename(&partial, &kept).map_err(|error| error.to_string())?;
    }
    write(file, &read(&kept)?)?;
    let weight = String::from_utf8_lossy(&read(&weight)?).parse();
    weight.map_err(|_| "the cache under target/wasm-opt is damaged: remove it".to_owned())
}

/// Where cargo puts builds.
fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// What a web server would send; Node is here for wasm-opt, and has the encoder.
fn brotli_size(file: &Path) -> Result<usize> {
    const SCRIPT: &str = "const { readFileSync } = require('node:fs');
        console.log(require('node:zlib').brotliCompressSync(readFileSync(process.argv[1])).length)";
    let output = Command::new("node").args(["-e", SCRIPT]).arg(file).output();
    let output = output.map_err(|error| format!("cannot run node: {error}"))?;
    let size = String::from_utf8_lossy(&output.stdout).trim().parse();
    size.map_err(|_| format!("node cannot weigh {}: {}", file.display(), String::from_utf8_lossy(&output.stderr)))
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
