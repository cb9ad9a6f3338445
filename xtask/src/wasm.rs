//! The wasm pipeline: compile both modules, bind them to JavaScript, optimise, weigh.

mod toolchain;

#[cfg(not(feature = "wasm"))]
pub(crate) use relay::run;

#[cfg(feature = "wasm")]
pub(crate) use pipeline::run;

/// The libraries that bind and weigh are slow to build, so they stay behind a feature that only this command turns on.
#[cfg(not(feature = "wasm"))]
mod relay {
    use std::process::Command;

    use crate::Result;

    pub(crate) fn run(release: bool) -> Result<()> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(crate::root());
        command.args(["run", "--package", "xtask", "--features", "wasm", "--", "wasm"]);
        if release {
            command.arg("--release");
        }
        super::toolchain::succeed(&mut command)
    }
}

#[cfg(feature = "wasm")]
mod pipeline;
