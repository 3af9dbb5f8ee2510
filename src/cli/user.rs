//! `hearth user create`.

use crate::{
    accounts::{
        password::{COST, Hasher, Password},
        registration::{self, NewAccount},
    },
    auth::roles::Role,
    clock::Clock,
    config::Config,
    db::migrations,
    domain::Email,
    i18n::Language,
};
use anyhow::{bail, ensure};
use diesel::PgConnection;
use std::io::IsTerminal as _;

pub fn create(conn: &mut PgConnection, config: &Config, email: &str, name: &str, role: Role) -> anyhow::Result<()> {
    let Some(address) = Email::parse(email) else { bail!("--email: not an e-mail address") };
    let name = crate::domain::text::line(name);
    ensure!((1..=registration::LONGEST_TEXT).contains(&name.chars().count()), "--name: must be 1 to 255 characters");
    let local = address.as_str().split('@').next().unwrap_or_default();
    let password = match Password::parse(&read_password()?, &[&name, local, "hearth"]) {
        Ok(password) => password,
        Err(problem) => bail!("password: {}", Language::En.catalog().text(problem.key())),
    };
    let password_hash = actix_web::rt::System::new()
        .block_on(async { Hasher::new(COST)?.hash(password).await.map_err(anyhow::Error::from) })?;
    migrations::run(conn)?;
    super::store_shipped(conn)?;
    let new = NewAccount {
        email: address,
        password_hash,
        name,
        position: String::new(),
        claimed_department: String::new(),
        language: None,
        role,
        confirmed: true,
    };
    let now = Clock::System.now();
    registration::register(conn, &new, now, now.with_timezone(&config.timezone).date_naive())?;
    println!("made the account, role {}", role.code());
    Ok(())
}

/// Reads it from a prompt without echo, or from one line of standard input.
fn read_password() -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        let password = rpassword::prompt_password("Password: ")?;
        ensure!(password == rpassword::prompt_password("Again: ")?, "the two passwords differ");
        return Ok(password);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
