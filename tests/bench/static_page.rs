//! The limits that `script/bench` compares with: what Actix and bcrypt do with
//! nothing of Hearth around them.
//!
//! - `static_page page BYTES` serves a page of that size and prints its port
//! - `static_page bcrypt THREADS SECONDS` prints verifications a second, cost 12
//! - `static_page hash PASSWORD COST` prints a bcrypt hash

use actix_web::{App, HttpResponse, HttpServer, http::header::ContentType, web::get};
use std::{
    io::{self, Write as _},
    thread,
    time::{Duration, Instant},
};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["page", bytes] => page(bytes.parse()?),
        ["bcrypt", threads, seconds] => verifications(threads.parse()?, Duration::from_secs(seconds.parse()?)),
        ["hash", password, cost] => {
            println!("{}", bcrypt::non_truncating_hash(password, cost.parse()?)?);
            Ok(())
        }
        _ => Err("static_page page BYTES | bcrypt THREADS SECONDS | hash PASSWORD COST".into()),
    }
}

/// As many workers as Hearth has: Actix's default.
fn page(bytes: usize) -> Outcome {
    let body: &'static str = "x".repeat(bytes).leak();
    actix_web::rt::System::new().block_on(async move {
        let show = move || async move { HttpResponse::Ok().content_type(ContentType::html()).body(body) };
        let server = HttpServer::new(move || App::new().route("/", get().to(show))).bind("127.0.0.1:0")?;
        println!("{}", server.addrs()[0].port());
        io::stdout().flush()?;
        Ok(server.run().await?)
    })
}

fn verifications(threads: usize, duration: Duration) -> Outcome {
    let hash = bcrypt::non_truncating_hash("a password", 12)?;
    let begun = Instant::now();
    let count =
        || (0_u32..).take_while(|_| begun.elapsed() < duration && bcrypt::verify("a password", &hash).is_ok()).count();
    let done: usize = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(count)).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or(0)).sum()
    });
    println!("{:.2}", done as f64 / begun.elapsed().as_secs_f64());
    Ok(())
}
