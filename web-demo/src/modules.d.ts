declare module "modelassay/core.wasm?url" {
  const url: string;
  export default url;
}
declare module "modelassay/full.wasm?url" {
  const url: string;
  export default url;
}
declare module "modelassay/report.wasm?url" {
  const url: string;
  export default url;
}
