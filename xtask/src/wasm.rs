//! The wasm pipeline: compile both modules, bind them to JavaScript, optimise, weigh.

#[cfg(feature = "wasm")]
mod pipeline;
#[cfg(feature = "wasm")]
mod toolchain;

#[cfg(feature = "wasm")]
pub(crate) use pipeline::run;

/// The libraries that bind and weigh are slow to build, so they stay behind a feature that only this command turns on.
#[cfg(not(feature = "wasm"))]
pub(crate) fn run(release: bool) -> crate::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = std::process::Command::new(cargo);
    command.current_dir(crate::root());
    command.args(["run", "--quiet", "--package", "xtask", "--features", "wasm", "--", "wasm"]);
    if release {
        command.arg("--release");
    }
    crate::succeed(&mut command)
}
