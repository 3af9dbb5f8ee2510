//! `hearth privacy-check` and `hearth audit verify`.

use crate::{
    audit,
    clock::Clock,
    db::migrations,
    keys::Signer,
    publication::privacy_check::{self, AttackResult, Finding, Table},
};
use anyhow::ensure;
use diesel::PgConnection;

pub fn privacy_check(conn: &mut PgConnection) -> anyhow::Result<()> {
    migrations::run(conn)?;
    println!("Trying to compute a group smaller than the smallest from every sum that was published:");
    let clean = privacy_check::run(conn, |tried| println!("{}", describe(tried)))?;
    ensure!(clean, "something published can be taken apart");
    println!("nothing published can be taken apart");
    Ok(())
}

fn describe(tried: &AttackResult) -> String {
    let what = match tried.what {
        Table::Period(period, version) => format!("period {period}, questionnaire {version}"),
        Table::Note(length, first) => format!("daily notes, {} from {first}", length.code()),
    };
    let found = match &tried.finding {
        Finding::Nothing => "nothing".to_owned(),
        Finding::Disclosed(group) => format!("DISCLOSED: the own people of departments {group:?}"),
        Finding::NotFromBlocks(department) => format!("WRONG: department {department} is not made of whole blocks"),
    };
    let (measures, sums, people, k) = (tried.measures.join(" + "), tried.sums, tried.people, tried.k);
    format!("{what}: {measures}: {sums} sums over {people} people, groups under {k}: {found}")
}

pub fn verify_audit(conn: &mut PgConnection, signer: Option<&Signer>) -> anyhow::Result<()> {
    migrations::run(conn)?;
    let found = audit::verify(conn, signer);
    if let Some(signer) = signer {
        audit::chain::remember(conn, signer, &found, Clock::System.now())?;
    }
    let whole = found?;
    let older = match whole.unkeyed {
        0 => String::new(),
        rows => format!("; rows 1 to {rows} are older than its key and prove less"),
    };
    println!("the audit log is whole: last row {}, hash {}{older}", whole.rows, hex::encode(whole.last_hash));
    Ok(())
}
