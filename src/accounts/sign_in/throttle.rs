//! How long to wait after failed attempts. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// Failures for one account from one network before delays start.
const FREE_TRIES: i64 = 5;
/// The same for one IP address over all accounts: a whole office may share it.
const FREE_TRIES_OF_ADDRESS: i64 = 50;
/// Failures for one account within an hour above which only a known device, or a
/// reset by mail, gets in.
const ACCOUNT_LIMIT: i64 = 100;
/// The longest delay.
const LONGEST: TimeDelta = TimeDelta::minutes(15);

/// Failed attempts as the database counts them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Failures {
    /// For this account from this network, or from this known device, within a
    /// day and since the last success from there.
    pub here: i64,
    pub last_here: Option<DateTime<Utc>>,
    /// From this IP address (IPv6: its /64) within an hour, for any account; 0
    /// for a known device.
    pub of_address: i64,
    pub last_of_address: Option<DateTime<Utc>>,
    /// For this account within an hour, from anywhere but known devices; 0 for
    /// anything but sign-ins.
    pub of_account: i64,
}

/// How long this attempt has to wait; `None` if it may go ahead. The delay after
/// the fifth failure is 1 s and doubles with each further one, up to 15 minutes.
pub fn wait(failures: &Failures, known_device: bool, now: DateTime<Utc>) -> Option<Duration> {
    let here = remaining(failures.here, FREE_TRIES, failures.last_here, now);
    if known_device {
        return here;
    }
    let address = remaining(failures.of_address, FREE_TRIES_OF_ADDRESS, failures.last_of_address, now);
    let account = (failures.of_account > ACCOUNT_LIMIT).then(|| LONGEST.to_std().unwrap_or_default());
    [here, address, account].into_iter().flatten().max()
}

fn remaining(failures: i64, free: i64, last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Duration> {
    let over = failures - free;
    if over < 0 {
        return None;
    }
    let delay = TimeDelta::seconds(1 << over.min(10)).min(LONGEST);
    let left = last? + delay - now;
    left.to_std().ok().filter(|left| !left.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_from_the_fifth_failure_to_15_minutes() {
        let now = DateTime::UNIX_EPOCH;
        for (here, seconds) in [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (90, 900)] {
            let failures = Failures { here, last_here: Some(now), ..Failures::default() };
            assert_eq!(wait(&failures, false, now).map_or(0, |wait| wait.as_secs()), seconds, "{here}");
            assert_eq!(
                wait(&failures, true, now).map_or(0, |wait| wait.as_secs()),
                seconds,
                "{here} on a known device"
            );
        }
    }

    #[test]
    fn a_delay_that_has_passed_is_over() {
        let last = DateTime::UNIX_EPOCH;
        let failures = Failures { here: 7, last_here: Some(last), ..Failures::default() };
        assert_eq!(wait(&failures, false, last + TimeDelta::seconds(3)), Some(Duration::from_secs(1)));
        assert_eq!(wait(&failures, false, last + TimeDelta::seconds(4)), None);
    }

    #[test]
    fn strangers_cannot_lock_a_known_device_out() {
        let now = DateTime::UNIX_EPOCH;
        let failures = Failures { of_account: 101, of_address: 80, last_of_address: Some(now), ..Failures::default() };
        assert!(wait(&failures, false, now).is_some());
        assert_eq!(wait(&failures, true, now), None);
        let failures = Failures { of_account: 100, of_address: 49, last_of_address: Some(now), ..Failures::default() };
        assert_eq!(wait(&failures, false, now), None);
    }
}
