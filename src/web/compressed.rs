//! Responses that never change while the process runs: compressed once, and sent from
//! memory in the best encoding that the client accepts.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{
        ACCEPT_ENCODING, AcceptEncoding, CONTENT_ENCODING, CONTENT_TYPE, Encoding, Header as _, HeaderValue, VARY,
    },
    web::Bytes,
};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, Write as _};

/// Brotli quality from 0 to 11. The two highest take ten times as long and save 5 %.
const BROTLI_EFFORT: u32 = 9;
/// Brotli window as a power of two: 256 KB, more than any of the bodies.
const BROTLI_WINDOW: u32 = 18;
const BROTLI_BUFFER: usize = 4096;

/// One body in every encoding in which it can be sent.
pub struct Compressed {
    plain: Bytes,
    gzip: Bytes,
    brotli: Bytes,
}

impl Compressed {
    /// Compresses a body; takes some milliseconds per 100 KB.
    ///
    /// # Errors
    /// Never in practice: writing into memory cannot fail.
    pub fn new(plain: impl Into<Bytes>) -> io::Result<Self> {
        let plain = plain.into();
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&plain)?;
        let mut brotli = Vec::new();
        brotli::CompressorWriter::new(&mut brotli, BROTLI_BUFFER, BROTLI_EFFORT, BROTLI_WINDOW).write_all(&plain)?;
        Ok(Self { gzip: gzip.finish()?.into(), brotli: brotli.into(), plain })
    }

    /// The body in the first of Brotli, gzip and plain that the request accepts.
    pub fn answer(&self, request: &HttpRequest, content_type: &'static str) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.insert_header((CONTENT_TYPE, HeaderValue::from_static(content_type)));
        response.insert_header((VARY, ACCEPT_ENCODING.as_str()));
        let accepted = AcceptEncoding::parse(request).ok();
        let accepts = |encoding: &Encoding| {
            accepted
                .as_ref()
                .is_some_and(|accepted| accepted.negotiate([encoding].into_iter()).as_ref() == Some(encoding))
        };
        for (encoding, body) in [(Encoding::brotli(), &self.brotli), (Encoding::gzip(), &self.gzip)] {
            if accepts(&encoding) {
                return response.insert_header((CONTENT_ENCODING, encoding.to_string())).body(body.clone());
            }
        }
        response.body(self.plain.clone())
    }
}
