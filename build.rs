//! Has the binary built anew when a file that is part of it appears or goes.

fn main() {
    for folder in ["migrations", "static", "locales", "library", "instruments"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
