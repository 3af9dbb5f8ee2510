//! The readable name of a User-Agent, such as "Firefox, Windows". Shown in the person's
//! list of devices; no decision depends on it.

/// Browser and operating system, when they are among the best known ones.
pub fn name(user_agent: &str) -> Option<String> {
    // More specific names first: Edge and Opera also contain "Chrome".
    let browsers = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("YaBrowser/", "Yandex Browser"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| user_agent.contains(mark)).map(|found| found.1);
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
        (Some(only), None) | (None, Some(only)) => Some(only.to_owned()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_browsers_are_named() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36";
        let cases = [
            (chrome.to_owned(), Some("Chrome, Windows")),
            (format!("{chrome} Edg/130.0"), Some("Edge, Windows")),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0".to_owned(),
                Some("Firefox, Linux"),
            ),
            ("curl/8.0".to_owned(), None),
        ];
        for (given, expected) in cases {
            assert_eq!(name(&given).as_deref(), expected, "{given}");
        }
    }
}
