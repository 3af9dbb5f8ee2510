//! A mail as it travels: typed parts, so that every program shows the same text
//! and knows that no person wrote it.

use crate::mail::store::Claimed;
use lettre::{
    Message,
    message::{
        Body, Mailbox, SinglePart,
        header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue},
    },
};
use sha2::{Digest as _, Sha256};

/// A line of a mail that is no longer is shown by every program as it is.
const LONGEST_LINE: usize = 76;

/// Says that nobody waits for an answer, so that no program sends one (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The mail with its headers. Its id stays the same when it is tried again, so
/// that a server that has it already can tell.
///
/// # Errors
/// When the body cannot be encoded, which text always can.
pub fn write(from: &Mailbox, to: Mailbox, host: &str, mail: Claimed) -> anyhow::Result<Message> {
    let id =
        hex::encode(&Sha256::digest(format!("{} {} {} {}", mail.id, mail.recipient, mail.subject, mail.body))[..16]);
    let fits = mail.body.is_ascii() && mail.body.lines().all(|line| line.len() <= LONGEST_LINE);
    let encoding = match (fits, mail.body.is_ascii()) {
        (true, _) => ContentTransferEncoding::SevenBit,
        (false, true) => ContentTransferEncoding::QuotedPrintable,
        (false, false) => ContentTransferEncoding::Base64,
    };
    let body =
        Body::new_with_encoding(mail.body, encoding).map_err(|_| anyhow::anyhow!("the text cannot be encoded"))?;
    let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body);
    let message = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(mail.subject)
        .message_id(Some(format!("<{id}@{host}>")))
        .header(AutoSubmitted)
        .singlepart(text)?;
    Ok(message)
}
