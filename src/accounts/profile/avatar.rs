//! Profile pictures: the format is recognised by the file's content, decoded
//! within limits and encoded anew, so that no metadata survives.

use crate::{web::Hearth, workers::Workers};
use image::{
    DynamicImage, GenericImageView as _, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage,
    codecs::jpeg::JpegEncoder,
    imageops::{self, FilterType},
};
use std::io::Cursor;

/// The largest file, in bytes.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;
/// The longest side of a picture that is decoded, in pixels.
const LONGEST_SIDE: u32 = 10_000;
/// The largest picture that is decoded, in pixels: what good phone cameras take.
const MOST_PIXELS: u64 = 50_000_000;
/// Memory a decoder may use for its result, in bytes.
const MEMORY: u64 = 200 * 1024 * 1024;
/// Side of the stored square, in pixels.
pub const SIDE: u32 = 256;
/// JPEG quality, 1 to 100; higher values look the same at this size.
const QUALITY: u8 = 85;
/// Media type of stored pictures.
pub const CONTENT_TYPE: &str = "image/jpeg";

/// Why a file was refused as a profile picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureProblem {
    /// Not PNG, JPEG or WebP.
    Unknown,
    /// Damaged, or beyond the limits on size.
    Unreadable,
}

/// The centre of a picture as a square JPEG of [`SIDE`] pixels.
///
/// # Errors
/// [`PictureProblem`] when the format is not supported or decoding fails.
pub fn prepare(file: &[u8]) -> Result<Vec<u8>, PictureProblem> {
    let format = image::guess_format(file).map_err(|_| PictureProblem::Unknown)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return Err(PictureProblem::Unknown);
    }
    let unreadable = |_| PictureProblem::Unreadable;
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if decoder.total_bytes() > MEMORY || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureProblem::Unreadable); // not every decoder keeps to `max_alloc`
    }
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(orientation);
    let side = picture.width().min(picture.height());
    let (left, top) = ((picture.width() - side) / 2, (picture.height() - side) / 2);
    let square = imageops::resize(&*picture.view(left, top, side, side), SIDE, SIDE, FilterType::Triangle);
    let mut made = Vec::new();
    on_white(&square).write_with_encoder(JpegEncoder::new_with_quality(&mut made, QUALITY)).map_err(unreadable)?;
    Ok(made)
}

/// Puts a picture on a white background, as JPEG has no transparency.
fn on_white(seen: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0.map(u16::from);
        let over = |color: u16| ((color * alpha + 255 * (255 - alpha)) / 255) as u8;
        image::Rgb([over(red), over(green), over(blue)])
    })
}

/// The worker that crops and encodes pictures, one at a time.
pub struct Pictures(Workers);

impl Default for Pictures {
    fn default() -> Self {
        Self(Workers::new(1, 4))
    }
}

impl Hearth {
    /// The worker for pictures.
    pub fn pictures(&self) -> &Workers {
        &self.state::<Pictures>().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    /// Left half red, right half blue; wider than high.
    fn picture(width: u32, height: u32) -> DynamicImage {
        let color = |x: u32| if x < width / 2 { Rgba([255, 0, 0, 255]) } else { Rgba([0, 0, 255, 255]) };
        DynamicImage::from(RgbaImage::from_fn(width, height, |x, _| color(x)))
    }

    fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let picture = if format == ImageFormat::Jpeg { DynamicImage::from(picture.to_rgb8()) } else { picture.clone() };
        picture.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    fn read(made: &[u8]) -> DynamicImage {
        assert_eq!(image::guess_format(made).unwrap(), ImageFormat::Jpeg);
        image::load_from_memory(made).unwrap()
    }

    #[test]
    fn every_format_becomes_a_small_square_jpeg() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            for (width, height) in [(300, 200), (1, 1), (64, 900), (5000, 1)] {
                let made = read(&prepare(&file(&picture(width, height), format)).unwrap());
                assert_eq!(made.dimensions(), (SIDE, SIDE), "{format:?} {width}x{height}");
            }
        }
        let made = read(&prepare(&file(&picture(400, 200), ImageFormat::Png)).unwrap());
        assert!(made.get_pixel(20, 128).0[0] > 200 && made.get_pixel(236, 128).0[2] > 200, "the middle, not squeezed");
    }

    #[test]
    fn what_is_seen_through_is_white() {
        let clear = DynamicImage::from(RgbaImage::from_pixel(9, 9, Rgba([0, 0, 0, 0])));
        assert_eq!(read(&prepare(&file(&clear, ImageFormat::Png)).unwrap()).get_pixel(100, 100).0[..3], [255; 3]);
    }

    /// A JPEG with an EXIF block: an orientation, and where it was taken.
    fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        exif.extend(b"GPS 50.4501 N 30.5234 E");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn it_stands_upright_and_tells_nothing_else() {
        let jpeg = with_exif(&file(&picture(200, 200), ImageFormat::Jpeg), 6); // turned right by a quarter
        let made = prepare(&jpeg).unwrap();
        let seen = read(&made);
        assert!(seen.get_pixel(128, 20).0[0] > 200 && seen.get_pixel(128, 236).0[2] > 200, "red is on top");
        assert!(!made.windows(4).any(|part| part == b"Exif" || part == b"GPS "));
    }

    #[test]
    fn what_is_no_picture_or_a_trap_is_refused() {
        let png = file(&picture(50, 50), ImageFormat::Png);
        for wrong in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a\x01\0\x01\0", b"", b"%PDF-1.7", b"BM"]
        {
            assert_eq!(prepare(wrong), Err(PictureProblem::Unknown));
        }
        assert_eq!(prepare(&png[..60]), Err(PictureProblem::Unreadable));
        assert_eq!(prepare(&png[..8]), Err(PictureProblem::Unreadable));
        // The head of a PNG that says it is 60,000 by 60,000; and one within the sides but too much in all.
        for (width, height) in [(60_000_u32, 60_000_u32), (9_999, 9_999), (7_100, 7_100)] {
            let mut bomb = png.clone();
            bomb[16..20].copy_from_slice(&width.to_be_bytes());
            bomb[20..24].copy_from_slice(&height.to_be_bytes());
            let checksum = crc(&bomb[12..29]).to_be_bytes();
            bomb[29..33].copy_from_slice(&checksum);
            assert_eq!(prepare(&bomb), Err(PictureProblem::Unreadable), "{width}");
        }
    }

    /// The checksum of a PNG chunk.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
        })
    }
}
