//! Fuzz tests for everything that reads input of people and programs. Each target runs
//! for two seconds with the other tests, and for any time with `script/fuzz`; proptest
//! shrinks failing inputs.

#[path = "../support/mod.rs"]
mod support;

mod edits;
mod parsers;
mod requests;

use edits::{LONGEST, Material};
use proptest::{
    arbitrary::any,
    collection::vec,
    test_runner::{Config, TestError, TestRunner},
};
use std::time::{Duration, Instant};

/// How many inputs are tried between two looks at the clock.
const BATCH: u32 = 50;

/// Tries edited examples on a target for as many seconds as
/// `HEARTH_FUZZ_SECONDS` says, else for two, and tells how many there were.
fn fuzz(name: &str, material: &Material, target: impl Fn(&[u8])) {
    let seconds = std::env::var("HEARTH_FUZZ_SECONDS").map_or(2, |given| given.parse().unwrap());
    let (started, mut tried) = (Instant::now(), 0);
    while started.elapsed() < Duration::from_secs(seconds) {
        let config = Config { cases: BATCH, failure_persistence: None, ..Config::default() };
        let run = TestRunner::new(config).run(&vec(any::<u8>(), 0..=LONGEST), |script| {
            target(&material.edited(&script));
            Ok(())
        });
        if let Err(TestError::Fail(why, script)) = run {
            panic!("{name}: {why} for {:?}", String::from_utf8_lossy(&material.edited(&script)));
        }
        tried += u64::from(BATCH);
    }
    println!("{name}: {tried} inputs in {seconds} s");
}
