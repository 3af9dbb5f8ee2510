//! A cache of rendered overviews. What an overview shows depends on its [`Key`] and on
//! what was published; a cached one is valid as long as the [`PublicationVersion`] is the same as
//! when it was made. The stamp is read in the same database visit that identifies the
//! reader.
//!
//! Instances need not notify each other: each of them reads the stamp from the
//! database. The stamp is read before the figures, so a cached overview is never older
//! than its stamp.

use crate::{
    i18n::Language,
    insights::{Filter, VisibleDepartments, store::PublicationVersion},
    web::Hearth,
};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// How many overviews are cached at most; together a few megabytes.
const MOST: usize = 128;

/// What an overview shows and who may see it; nothing in it depends on the individual
/// reader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub reach: VisibleDepartments,
    pub filter: Filter,
    pub language: Language,
}

/// The cache of this process.
#[derive(Default)]
pub struct OverviewCache(RwLock<HashMap<Key, (PublicationVersion, Arc<str>)>>);

impl OverviewCache {
    /// The cached overview, if the stamp has not changed since it was made.
    pub fn get(&self, key: &Key, stamp: &PublicationVersion) -> Option<Arc<str>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(made_after, _)| made_after == stamp).map(|(_, picture)| picture.clone())
    }

    /// Caches an overview that was read after this stamp.
    pub fn put(&self, key: Key, stamp: PublicationVersion, picture: Arc<str>) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(&key) {
            kept.retain(|_, (made_after, _)| *made_after == stamp);
        }
        if kept.len() >= MOST && !kept.contains_key(&key) {
            kept.clear();
        }
        kept.insert(key, (stamp, picture));
    }
}

impl Hearth {
    /// The cache of rendered overviews.
    pub fn kept_insights(&self) -> &OverviewCache {
        self.state()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PeriodId;

    fn key(period: i64) -> Key {
        let filter = Filter { period: Some(PeriodId(period)), ..Filter::default() };
        Key { reach: VisibleDepartments::Company, filter, language: Language::En }
    }

    #[test]
    fn a_picture_is_kept_until_something_is_published() {
        let kept = OverviewCache::default();
        let before = PublicationVersion { releases: 1, ..PublicationVersion::default() };
        let after = PublicationVersion { releases: 2, ..PublicationVersion::default() };
        kept.put(key(1), before.clone(), "old".into());
        assert_eq!(kept.get(&key(1), &before).as_deref(), Some("old"));
        assert_eq!(kept.get(&key(1), &after), None);
        assert_eq!(kept.get(&key(2), &before), None);
        kept.put(key(1), after.clone(), "new".into());
        assert_eq!(kept.get(&key(1), &after).as_deref(), Some("new"));
    }

    #[test]
    fn what_is_kept_has_an_end_and_old_pictures_go_first() {
        let kept = OverviewCache::default();
        let (before, after) =
            (PublicationVersion::default(), PublicationVersion { notes: 1, ..PublicationVersion::default() });
        (0..MOST as i64 - 1).for_each(|period| kept.put(key(period), before.clone(), "x".into()));
        kept.put(key(1000), after.clone(), "y".into());
        kept.put(key(1001), after.clone(), "y".into());
        assert_eq!(kept.get(&key(0), &before), None);
        assert!(kept.get(&key(1000), &after).is_some() && kept.get(&key(1001), &after).is_some());
        (2000..2000 + 3 * MOST as i64).for_each(|period| kept.put(key(period), after.clone(), "z".into()));
        assert!(kept.0.read().unwrap().len() <= MOST);
    }
}
