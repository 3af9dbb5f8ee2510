//! Where the static files are and the version in their addresses, which lets
//! browsers keep them for a year.

use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

static VERSION: OnceLock<String> = OnceLock::new();

/// The folder of static files: beside the working directory, else beside the binary.
pub fn directory() -> PathBuf {
    let here = PathBuf::from("static");
    let beside = || Some(std::env::current_exe().ok()?.parent()?.join("static"));
    if here.is_dir() { here } else { beside().unwrap_or(here) }
}

/// A short hash over all static files, the same until one of them changes.
pub fn version() -> &'static str {
    VERSION.get_or_init(|| {
        let mut hash = Sha256::new();
        match add(&mut hash, &directory()) {
            Ok(()) => crate::keys::hex(&hash.finalize()[..6]),
            Err(error) => {
                tracing::error!(%error, "the folder of static files cannot be read");
                "none".to_owned()
            }
        }
    })
}

fn add(hash: &mut Sha256, directory: &Path) -> io::Result<()> {
    let mut paths = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(hash, &path)?;
        } else {
            hash.update(path.as_os_str().as_encoded_bytes());
            hash.update(fs::read(&path)?);
        }
    }
    Ok(())
}
