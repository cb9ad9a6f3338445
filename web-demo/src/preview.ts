// The first values of a text table, for the eye: they help a person to recognise a column. What a run reads, and the
// names of the columns, come from the engine alone.

const DELIMITERS = [",", ";", "\t", "|"];

/** The first records of a table, the header among them. The last one is left out where the text is cut. */
export function firstRecords(bytes: Uint8Array, complete: boolean, most: number): string[][] {
  const text = new TextDecoder().decode(bytes);
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let quoted = false;
  const endField = (): void => {
    record.push(field);
    field = "";
  };
  for (let index = 0; index < text.length && records.length < most; index += 1) {
    const character = text.charAt(index);
    if (quoted) {
      if (character !== '"') field += character;
      else if (text.charAt(index + 1) === '"') {
        field += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && field === "") quoted = true;
    else if (character === delimiter) endField();
    else if (character === "\n" || character === "\r") {
      endField();
      if (record.length > 1 || record[0] !== "") records.push(record);
      record = [];
    } else field += character;
  }
  if (complete && records.length < most && (field !== "" || record.length > 0)) {
    endField();
    records.push(record);
  }
  return records;
}
