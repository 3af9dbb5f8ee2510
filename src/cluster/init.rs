//! Creates a database cluster, once. It is created under a temporary name and renamed
//! when complete, so that the start after a crash begins anew.

use super::{ClusterError, Durability, account::Account, find::Programs, home::Home, server::last_words};
use std::{
    fs,
    io::Write as _,
    os::unix::ffi::OsStrExt as _,
    path::Path,
    process::{Command, Stdio},
};

/// Prefix of the directory of an unfinished cluster.
const UNFINISHED: &str = "data.new.";

/// The app's role owns its database but is no superuser: it cannot access the server's
/// files or turn on logging of statements. Nobody can connect as the superuser.
const BOOTSTRAP: &str = "CREATE ROLE hearth LOGIN;\nCREATE DATABASE hearth OWNER hearth;\n";
/// Each test has a database of its own.
const FOR_TESTS: &str = "ALTER ROLE hearth CREATEDB;\n";

/// Removes unfinished clusters. Failures are ignored: an initdb that outlived its app
/// may be cleaning up itself, and the next start tries again.
pub(super) fn sweep(home: &Home) {
    for entry in fs::read_dir(home.dir()).into_iter().flatten().flatten() {
        if entry.file_name().as_bytes().starts_with(UNFINISHED.as_bytes()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Creates the cluster of `home` with its role and database.
pub(super) fn make_cluster(
    home: &Home,
    programs: &Programs,
    account: &Account,
    durability: Durability,
) -> Result<(), ClusterError> {
    let at_home = || ClusterError::at(home.dir());
    let unfinished = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(home.dir()).map_err(at_home())?;
    let data = unfinished.path();
    account.give(data).map_err(at_home())?;

    let program = |name: &str| account.command(&programs.dir.join(name), home.dir());
    let made = initdb(|| program("initdb"), data, durability)
        .and_then(|()| create_database(program("postgres"), data, durability));
    made.map_err(|reason| ClusterError::Making { home: home.dir().to_owned(), reason })?;

    fs::rename(data, home.data()).map_err(at_home())?;
    let _ = unfinished.keep(); // renamed above, so there is nothing left to remove
    fs::File::open(home.dir()).and_then(|dir| dir.sync_all()).map_err(at_home())
}

fn initdb(program: impl Fn() -> Command, data: &Path, durability: Durability) -> Result<(), String> {
    let mut outcome = Ok(());
    // Collation C sorts by bytes, which no update of system libraries changes. LC_CTYPE: Unicode if the system has
    // that locale, else ASCII.
    for ctype in ["--lc-ctype=C.UTF-8", "--lc-ctype=C"] {
        let mut command = program();
        command.arg("--pgdata").arg(data).args(["--username=postgres", "--encoding=UTF8", "--locale=C", ctype]);
        command.args(["--data-checksums", "--auth-local=peer", "--auth-host=reject", "--no-instructions"]);
        if durability == Durability::Off {
            command.arg("--no-sync");
        }
        let output = command.output().map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        outcome = Err(last_words(&output.stderr));
    }
    outcome
}

/// Creates role and database in single-user mode, which needs neither a socket nor a
/// superuser who can connect.
fn create_database(mut postgres: Command, data: &Path, durability: Durability) -> Result<(), String> {
    postgres.arg("--single").arg("-D").arg(data).args(["-c", "exit_on_error=on", "template1"]);
    postgres.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let told = postgres.spawn().and_then(|mut child| {
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(BOOTSTRAP.as_bytes())?;
            if durability == Durability::Off {
                stdin.write_all(FOR_TESTS.as_bytes())?;
            }
        }
        child.wait_with_output()
    });
    match told {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(last_words(&output.stderr)),
        Err(error) => Err(error.to_string()),
    }
}
