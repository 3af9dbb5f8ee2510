//! What a page costs somebody who has never been here, in Chromium on slow
//! networks, for `script/bench --pages`.
//!
//! `first_visit URL` prints a line for each network and language: the network,
//! the language, the number of requests, the bytes over the wire with all
//! headers, and when something is first painted, in milliseconds. Each is the
//! median of some visits, of which each has an empty cache.

#[path = "../browser/command.rs"]
mod command;
#[path = "../browser/driver.rs"]
mod driver;

use driver::Settings;
use fantoccini::{ClientBuilder, error::CmdError};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Name, bits a second in both directions, and milliseconds until an answer begins.
const NETWORKS: [(&str, u32, u32); 2] = [("3G", 400_000, 400), ("fast-3G", 1_600_000, 150)];
const LANGUAGES: [&str; 2] = ["en", "uk"];
const VISITS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(120);

fn main() -> Outcome<()> {
    let url = std::env::args().nth(1).ok_or("first_visit URL")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for (name, bits, latency) in NETWORKS {
        for language in LANGUAGES {
            let visits: Outcome<Vec<_>> =
                (0..VISITS).map(|_| runtime.block_on(visit(&url, language, bits, latency))).collect();
            let [requests, bytes, paint] = medians(visits?);
            println!("{name} {language} {requests:.0} {bytes:.0} {paint:.0}");
        }
    }
    Ok(())
}

/// Requests, bytes and milliseconds until the first paint.
async fn visit(url: &str, language: &str, bits: u32, latency: u32) -> Outcome<[f64; 3]> {
    let profile = tempfile::tempdir()?;
    let settings = Settings { languages: language, ..Settings::default() };
    let profile_path = profile.path().to_str().ok_or("a folder whose name is text")?;
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let client = builder.capabilities(driver::capabilities(profile_path, settings)).connect(driver::url()).await?;
    client.goto("about:blank").await?;
    command::cdp(&client, "Network.enable", &json!({})).await?;
    let bytes = bits / 8;
    let network = json!({
        "offline": false, "latency": latency, "downloadThroughput": bytes, "uploadThroughput": bytes,
    });
    command::cdp(&client, "Network.emulateNetworkConditions", &network).await?;
    command::log(&client, "performance").await?;
    client.goto(url).await?;
    let painted = first_paint(&client).await?;
    let events = command::network_events(&client).await?;
    client.close().await?;
    let of_kind = |kind: &'static str| events.iter().filter(move |event| event["method"] == kind);
    let bytes = of_kind("Network.loadingFinished").filter_map(|event| event["params"]["encodedDataLength"].as_f64());
    Ok([of_kind("Network.requestWillBeSent").count() as f64, bytes.sum(), painted])
}

/// Waits until the page is complete and painted.
async fn first_paint(client: &fantoccini::Client) -> Result<f64, Box<dyn std::error::Error>> {
    let script = "const [paint] = performance.getEntriesByName('first-paint');
        return document.readyState === 'complete' && paint ? paint.startTime : null";
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let found: Result<Value, CmdError> = client.execute(script, vec![]).await;
        if let Some(milliseconds) = found?.as_f64() {
            return Ok(milliseconds);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err("nothing was painted".into())
}

fn medians(visits: Vec<[f64; 3]>) -> [f64; 3] {
    std::array::from_fn(|column| {
        let mut values: Vec<f64> = visits.iter().map(|visit| visit[column]).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    })
}
