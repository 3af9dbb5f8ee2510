//! The command line. `hearth` alone is `hearth serve`.

use std::process::ExitCode;

fn main() -> ExitCode {
    hearth::cli::main()
}
