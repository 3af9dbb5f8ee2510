//! `hearth instrument import`.

use crate::{db::migrations, instruments::catalog};
use anyhow::Context as _;
use diesel::PgConnection;

pub fn import(conn: &mut PgConnection, file: &std::path::Path) -> anyhow::Result<()> {
    let source = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    migrations::run(conn)?;
    let version = catalog::import(conn, &source).with_context(|| file.display().to_string())?;
    let instrument = version.instrument;
    println!("stored {} {}", instrument.id, instrument.version);
    for scale in instrument.scales().filter(|scale| instrument.lacks_sd(*scale)) {
        let id = instrument.scale_id(scale);
        println!("note: {id} has a reliability but no sd beside it: its error of measurement stays unknown");
    }
    Ok(())
}
