//! Which compiler can make wasm here.
//!
//! With rustup, `rustup target add wasm32-unknown-unknown` is all it takes. A distribution may instead package the
//! compiler with the sources of the standard library (Debian: rustc-web, rust-web-src), which cargo then builds along.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler that can make wasm.
pub(crate) struct Toolchain {
    cargo: PathBuf,
    rustc: PathBuf,
    /// The standard library must be built from its sources.
    build_std: bool,
    sysroot: PathBuf,
}

impl Toolchain {
    /// The first compiler on the PATH that has the target, else the first that can build its standard library.
    pub(crate) fn find() -> Result<Self> {
        let mut from_source = None;
        for rustc in on_path(|name| name == "rustc") {
            let cargo = rustc.with_file_name("cargo");
            if !cargo.exists() {
                continue;
            }
            let Some(sysroot) = print(&rustc, &["--print", "sysroot"]).map(PathBuf::from) else { continue };
            let Some(libraries) = print(&rustc, &["--print", "target-libdir", "--target", TARGET]) else { continue };
            if Path::new(&libraries).exists() {
                return Ok(Self { cargo, rustc, build_std: false, sysroot });
            }
            if sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").exists() && from_source.is_none() {
                from_source = Some(Self { cargo, rustc, build_std: true, sysroot });
            }
        }
        from_source.ok_or_else(|| {
            "no compiler here can make wasm; run scripts/setup.sh web, or `rustup target add wasm32-unknown-unknown`"
                .to_owned()
        })
    }

    /// `cargo build` for the target; the variables it needs are set for this process only.
    pub(crate) fn cargo_build(&self) -> Result<Command> {
        let mut command = clean(&self.cargo);
        command.env("RUSTC", &self.rustc).arg("build").args(["--target", TARGET]);
        if self.build_std {
            command.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort");
            let linker = newest("wasm-ld").ok_or("no wasm-ld here; run scripts/setup.sh web")?;
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        // For the C code of zstd.
        let clang = newest("clang").ok_or("no clang here; run scripts/setup.sh web")?;
        let archiver = newest("llvm-ar").ok_or("no llvm-ar here; run scripts/setup.sh web")?;
        command.env("CC_wasm32_unknown_unknown", clang).env("AR_wasm32_unknown_unknown", archiver);
        // The hash seeds that some crate draws at compile time; they never reach a result.
        command.env("CONST_RANDOM_SEED", "modelassay");
        command.env("CARGO_ENCODED_RUSTFLAGS", self.flags().join("\u{1f}"));
        Ok(command)
    }

    /// SIMD that every browser in support has, and no trace of this machine's folders in panic messages.
    fn flags(&self) -> Vec<String> {
        let mut flags = vec!["-Ctarget-feature=+simd128".to_owned()];
        let mut remap = |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
        remap(crate::root(), ".");
        remap(&self.sysroot, "rust");
        let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = home.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
        let sources = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
        for folder in sources.into_iter().flatten().flatten() {
            remap(&folder.path(), "crates");
        }
        flags.sort();
        flags
    }
}

/// A command free of what the cargo that started this process set for its own compiler.
fn clean(program: &Path) -> Command {
    let mut command = Command::new(program);
    for name in ["LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "RUSTC", "RUSTFLAGS", "CARGO", "RUSTC_WRAPPER"] {
        command.env_remove(name);
    }
    command
}

fn print(rustc: &Path, arguments: &[&str]) -> Option<String> {
    let output = clean(rustc).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Programs on the PATH, in its order.
fn on_path(wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found = Vec::new();
    for folder in std::env::split_paths(&path) {
        let Ok(entries) = folder.read_dir() else { continue };
        let mut here: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        here.retain(|file| file.file_name().and_then(|name| name.to_str()).is_some_and(&wanted) && file.exists());
        here.sort();
        found.extend(here);
    }
    found
}

/// A program of LLVM under its plain name, or the newest of those with a version: `clang`, `clang-22`.
fn newest(name: &str) -> Option<PathBuf> {
    let version = |file: &str| -> Option<u32> {
        match file.strip_prefix(name)? {
            "" => Some(0),
            suffix => suffix.strip_prefix('-')?.parse().ok(),
        }
    };
    let named = |path: &PathBuf| path.file_name().and_then(|file| file.to_str()).and_then(version);
    on_path(|file| version(file).is_some()).into_iter().max_by_key(named)
}
