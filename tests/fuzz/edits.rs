//! Inputs for every fuzz target: a valid example, with edits derived from the random
//! bytes. Random bytes alone would hardly ever pass the first check of a parser.

/// How many random bytes describe the edits of one input.
pub const LONGEST: usize = 64;

/// Examples, and pieces that are worth putting in.
pub struct Material {
    pub examples: Vec<Vec<u8>>,
    pub pieces: &'static [&'static [u8]],
}

impl Material {
    /// Every file of a folder of examples.
    pub fn read(folder: &str, pieces: &'static [&'static [u8]]) -> Self {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let files = paths.into_iter().filter(|path| path.is_file());
        Self { examples: files.map(|path| std::fs::read(path).unwrap()).collect(), pieces }
    }

    /// One input.
    pub fn edited(&self, script: &[u8]) -> Vec<u8> {
        let mut script = script.iter().map(|byte| usize::from(*byte));
        let mut next = || script.next();
        let Some(mut text) = next().map(|which| self.examples[which % self.examples.len()].clone()) else {
            return Vec::new();
        };
        while let (Some(kind), Some(high), Some(low)) = (next(), next(), next()) {
            let at = (high * 256 + low) % (text.len() + 1);
            let value = next().unwrap_or_default();
            let end = (at + value % 48).min(text.len());
            match kind % 8 {
                0 => drop(text.splice(at..at, self.pieces[value % self.pieces.len()].iter().copied())),
                1 => drop(text.splice(at..end, self.pieces[value % self.pieces.len()].iter().copied())),
                2 => drop(text.drain(at..end)),
                3 => text.insert(at, value as u8),
                4 if at < text.len() => text[at] = value as u8,
                5 => drop(text.splice(at..at, text[at..end].repeat(1 + value % 40))),
                6 => text.truncate(at.max(1)),
                _ => {
                    let other = &self.examples[value % self.examples.len()];
                    text.truncate(at);
                    text.extend_from_slice(&other[at.min(other.len())..]);
                }
            }
        }
        text
    }
}
