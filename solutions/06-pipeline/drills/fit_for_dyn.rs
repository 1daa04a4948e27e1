//! Fit for `dyn`: new rules come, so each filter gives a fresh one of its kind, with its count at zero.
//!
//! `renewed` gives `Self`: each filter its own type. Behind `dyn Filter` that type is forgotten, so nobody knows how
//! many bytes would come back, and rustc refuses to make the trait a `dyn` at all.
//! A box has the same size for every filter.
//! Let `renewed` give a box, and keep the list of filters as it is.

/// A filter that counts the requests it has seen.
pub trait Filter: Renew {
    /// Looks at a request for `path`, and counts it.
    fn see(&mut self, path: &str);

    /// How many it has seen, and what it is.
    fn tell(&self) -> String;
}

/// Counts every request.
pub struct All {
    pub seen: u64,
}

impl Filter for All {
    fn see(&mut self, _path: &str) {
        self.seen += 1;
    }

    fn tell(&self) -> String {
        format!("all: {}", self.seen)
    }
}

/// Counts the requests for one path.
pub struct Only {
    pub path: String,
    pub seen: u64,
}

impl Filter for Only {
    fn see(&mut self, path: &str) {
        self.seen += u64::from(path == self.path);
    }

    fn tell(&self) -> String {
        format!("{}: {}", self.path, self.seen)
    }
}

// exercise: begin
/// What every filter can do when new rules come.
pub trait Renew {
    /// A fresh filter of the same kind, which has seen nothing yet.
    fn renewed(&self) -> Box<dyn Filter>;
}

impl Renew for All {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(Self { seen: 0 })
    }
}

impl Renew for Only {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(Self { path: self.path.clone(), seen: 0 })
    }
}
// exercise: stub
// /// What every filter can do when new rules come.
// pub trait Renew {
//     /// A fresh filter of the same kind, which has seen nothing yet.
//     fn renewed(&self) -> Self;
// }
//
// impl Renew for All {
//     fn renewed(&self) -> Self {
//         Self { seen: 0 }
//     }
// }
//
// impl Renew for Only {
//     fn renewed(&self) -> Self {
//         Self { path: self.path.clone(), seen: 0 }
//     }
// }
// exercise: end

/// The filters for the new rules, in the order of the old ones.
pub fn renew(filters: &[Box<dyn Filter>]) -> Vec<Box<dyn Filter>> {
    filters.iter().map(|filter| filter.renewed()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows `paths` to one filter of each kind, renews them, and shows them `later`. Tells what old and new counted.
    fn seen(paths: &[&str], later: &[&str]) -> [Vec<String>; 2] {
        let mut old: Vec<Box<dyn Filter>> =
            vec![Box::new(All { seen: 0 }), Box::new(Only { path: String::from("/tea"), seen: 0 })];
        for path in paths {
            old.iter_mut().for_each(|filter| filter.see(path));
        }
        let mut new = renew(&old);
        for path in later {
            new.iter_mut().for_each(|filter| filter.see(path));
        }
        [old, new].map(|filters| filters.iter().map(|filter| filter.tell()).collect())
    }

    fn check(paths: &[&str], later: &[&str], expected: [&str; 2], why: &str) {
        let [_, new] = seen(paths, later);
        assert_eq!(new, expected, "{why}\ninput: {paths:?} before the new rules, {later:?} after");
    }

    #[test]
    fn the_list_holds_the_same_filters_again() {
        check(&[], &["/tea", "/"], ["all: 2", "/tea: 1"], "the new filters are of the same kinds, in the same order");
    }

    #[test]
    fn a_renewed_filter_has_seen_nothing() {
        check(&["/tea", "/"], &[], ["all: 0", "/tea: 0"], "a fresh filter begins at zero");
        check(&["/tea", "/"], &["/tea"], ["all: 1", "/tea: 1"], "it counts what came after the new rules, and no more");
    }

    #[test]
    fn the_old_filters_keep_their_counts() {
        let [old, _] = seen(&["/tea", "/"], &["/tea"]);
        assert_eq!(old, ["all: 2", "/tea: 1"], "requests that began under the old rules are counted there");
    }
}
