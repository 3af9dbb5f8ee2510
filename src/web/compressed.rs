//! Bodies that stay the same while the program runs: compressed once, then
//! answered from memory in the best form that a client understands.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{
        ACCEPT_ENCODING, AcceptEncoding, CONTENT_ENCODING, CONTENT_TYPE, Encoding, Header as _, HeaderValue, VARY,
    },
    web::Bytes,
};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, Write as _};

/// Brotli's effort from 0 to 11. The last two take ten times as long and save a twentieth.
const BROTLI_EFFORT: u32 = 9;
/// The base-two logarithm of how far back Brotli looks: 256 KB, more than any body has.
const BROTLI_WINDOW: u32 = 18;
const BROTLI_BUFFER: usize = 4096;

/// One body in every form in which it can be sent.
pub struct Compressed {
    plain: Bytes,
    gzip: Bytes,
    brotli: Bytes,
}

impl Compressed {
    /// Compresses a body, which takes some milliseconds for each 100 KB.
    ///
    /// # Errors
    /// Never in practice: a compressor that writes into memory cannot fail.
    pub fn new(plain: impl Into<Bytes>) -> io::Result<Self> {
        let plain = plain.into();
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&plain)?;
        let mut brotli = Vec::new();
        brotli::CompressorWriter::new(&mut brotli, BROTLI_BUFFER, BROTLI_EFFORT, BROTLI_WINDOW).write_all(&plain)?;
        Ok(Self { gzip: gzip.finish()?.into(), brotli: brotli.into(), plain })
    }

    /// The body as Brotli, gzip or plain, the first that the request accepts.
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
