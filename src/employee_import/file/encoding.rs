//! Detects the encoding of a text file: from its byte order mark, else UTF-8 or UTF-16
//! if it is valid as that, else by a guess from its letters.

use super::{FileProblem, heading};
use encoding_rs::{Encoding, IBM866, KOI8_U, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// The encodings to choose from when a file was decoded wrongly.
pub const KNOWN: [&Encoding; 8] = [UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1251, KOI8_U, IBM866, WINDOWS_1250, WINDOWS_1252];
/// How many bytes from the start of a file are searched for column names.
const BEGINNING: usize = 4096;

/// The decoded text and its encoding. A byte that is invalid in the encoding becomes
/// U+FFFD, which is reported with its line later.
///
/// # Errors
/// [`FileProblem::NotText`].
pub fn decode(bytes: &[u8], chosen: Option<&str>) -> Result<(String, &'static Encoding), FileProblem> {
    let marked = Encoding::for_bom(bytes);
    let chosen = chosen.and_then(|name| KNOWN.into_iter().find(|one| one.name() == name));
    let encoding = match (chosen, marked) {
        (Some(chosen), _) => chosen,
        (None, Some((marked, _))) => marked,
        (None, None) => guess(bytes)?,
    };
    let mark = marked.filter(|(marked, _)| *marked == encoding).map_or(0, |(_, length)| length);
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if text.contains('\0') { Err(FileProblem::NotText) } else { Ok((text.into_owned(), encoding)) }
}

fn guess(bytes: &[u8]) -> Result<&'static Encoding, FileProblem> {
    if bytes.contains(&0) {
        return wide(bytes).ok_or(FileProblem::NotText);
    }
    if is_mostly_utf8(bytes) {
        return Ok(UTF_8);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let likely = detector.guess(None, chardetng::Utf8Detection::Deny);
    // In a short file the frequency of letters says little; known column names say
    // more.
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    let names = |encoding: &'static Encoding| heading::count_names(&encoding.decode_without_bom_handling(beginning).0);
    let mut best = (names(likely), likely);
    for other in [WINDOWS_1251, KOI8_U, IBM866] {
        let found = names(other);
        if found > best.0 {
            best = (found, other);
        }
    }
    Ok(best.1)
}

/// UTF-16 without a byte order mark: separators and line ends are ASCII, so one byte of
/// each pair is often zero, always on the same side.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let encoding = match (even, odd) {
        (0, _) => UTF_16LE,
        (_, 0) => UTF_16BE,
        _ => return None,
    };
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|_| encoding)
}

/// Whether the bytes are UTF-8, apart from a few invalid ones: text in other encodings
/// hardly ever contains valid multi-byte sequences by chance.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|sign| !sign.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || letters > 4 * broken
}
