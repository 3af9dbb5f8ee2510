//! Builds the MIME message of a mail: plain text that every mail program shows alike,
//! marked as sent automatically.

use crate::mail::store::Claimed;
use lettre::{
    Message,
    message::{
        Body, Mailbox, SinglePart,
        header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue},
    },
};
use sha2::{Digest as _, Sha256};

/// Longer lines may be wrapped in transit, so a body with any is encoded.
const LONGEST_LINE: usize = 76;

/// `Auto-Submitted` (RFC 3834): asks mail programs to send no automatic reply.
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

/// The message with its headers. The `Message-ID` is derived from the mail, so a server
/// that receives a retry can recognise it as a duplicate.
///
/// # Errors
/// When the body cannot be encoded, which cannot happen with text.
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
