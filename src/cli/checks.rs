//! `hearth privacy-check` and `hearth audit verify`.

use crate::{
    audit,
    clock::Clock,
    db::migrations,
    keys::Signer,
    publication::{
        over_time::{self, At, Named, Report, Title, Told, attack::TOGETHER},
        privacy_check::{self, AttackResult, Finding, Table},
    },
};
use anyhow::ensure;
use chrono_tz::Tz;
use diesel::PgConnection;
use indicatif::{ProgressBar, ProgressStyle};

/// Checks each release by itself, and reads what [`over_time`] computes with once the
/// connection is closed.
pub fn privacy_check(conn: &mut PgConnection, timezone: Tz) -> anyhow::Result<Named> {
    migrations::run(conn)?;
    println!("Trying to compute a group smaller than the smallest from every sum that was published:");
    let clean = privacy_check::run(conn, |tried| println!("{}", describe(tried)))?;
    ensure!(clean, "something published can be taken apart");
    println!("nothing published can be taken apart");
    Ok(over_time::read(conn, Clock::System.now().with_timezone(&timezone).date_naive())?)
}

#[derive(clap::Args)]
pub struct PrivacyCheck {
    /// Compute for comparison what the same history would tell if every period showed
    /// groups of the smallest size, without noise
    #[arg(long)]
    without_noise: bool,
}

impl PrivacyCheck {
    /// Prints what everything published together tells of one person.
    pub fn over_time(&self, named: Named) -> anyhow::Result<()> {
        if self.without_noise { without_noise(named) } else { over_time(&named) }
    }
}

fn over_time(named: &Named) -> anyhow::Result<()> {
    println!(
        "\nComputing how much of one person's values everything published in {} months explains:",
        over_time::MONTHS
    );
    let Some(report) = attack(named)? else { return Ok(()) };
    ensure!(report.holds(), "everything published together tells more of somebody than one group may");
    println!("everything published together tells no more of anybody than one group may");
    Ok(())
}

/// Prints, for comparison, what the same history would tell if every period showed groups
/// of the smallest size, without noise.
fn without_noise(named: Named) -> anyhow::Result<()> {
    println!(
        "\nComputing what the same history would tell with the smallest groups in every period, and without noise:"
    );
    attack(&named.without_noise())?;
    Ok(())
}

/// Plays the attackers, and prints what they find; `None` when there is nothing to
/// attack.
fn attack(named: &Named) -> anyhow::Result<Option<Report>> {
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} attackers, {elapsed} of about {duration}")?);
    let report = over_time::report(named, |done, count| {
        bar.set_length(count as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let Some(report) = report else {
        println!("nothing was published with noise in this time");
        return Ok(None);
    };
    let (k, bar, limit) = (report.k, percent(report.bar()), percent(report.limit()));
    println!("allowed: {bar} of the variance for 99 of 100 people (1 in {k}), {limit} for anybody (1 in {})", k - 1);
    println!("{}", told("an outsider, who knows the roster of each day", &report.outsider));
    println!("{}", told("a colleague, who also knows who of the own department answered", &report.colleague));
    covered(&report);
    Ok(Some(report))
}

fn told(who: &str, told: &Told) -> String {
    let place = told.at.as_ref().map(|at| format!("; the largest: {}", place(at))).unwrap_or_default();
    format!(
        "{who}: at most {}, for 99 of 100 people at most {}{place}",
        percent(told.largest),
        percent(told.percentile)
    )
}

fn place(at: &At) -> String {
    let release = match &at.release {
        Title::Campaign(name) => format!("campaign \"{name}\""),
        Title::Month(first) => format!("check-ups of {}", first.format("%Y-%m")),
        Title::Notes(first) => format!("daily notes of {}", first.format("%Y-%m")),
    };
    let department =
        at.department.as_deref().map_or("the company's own people".to_owned(), |name| format!("department \"{name}\""));
    format!("{release}, {department}")
}

/// What was computed, and what was not.
fn covered(report: &Report) {
    println!(
        "covered: the means, levels and daily notes of {} releases; not: profiles, participation, completed recommendations, what was published before means had noise",
        report.releases
    );
    if report.by_units {
        println!(
            "people hang together in larger groups than can be solved at once: departments were solved apart, with the values of others in a block given to the attacker"
        );
    }
    if report.sampled {
        println!("in departments of more than {} people, so many of them were drawn and looked at", TOGETHER);
    }
    if report.left_out > 0 {
        println!("{} sums about people who moved did not fit and were left out", report.left_out);
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
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
