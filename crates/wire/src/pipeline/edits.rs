//! The changes that the pipeline asks for. The proxy makes them when it writes a head.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::rules::FieldEdit;

const REQUEST_ID: &str = "X-Request-Id";

/// What changes on the way: nothing, as long as nothing is put in here, and then nothing is allocated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// Path and query in place of the request's own.
    pub target: Option<Vec<u8>>,
    /// The id that the request gets, upstream and in the response; `None`: it brought one of its own, which stays.
    pub id: Option<RequestId>,
    /// Changes to the request's fields. Shared with the rule that asks for them.
    pub request: Vec<Arc<[FieldEdit]>>,
    /// Changes to the response's fields. Shared with the rule that asks for them.
    pub response: Vec<Arc<[FieldEdit]>>,
}

impl Edits {
    /// The lines of a request's head as they go to the upstream: `fields`, a name and a value each, after all changes.
    pub fn request_lines<'e>(
        &'e self,
        fields: impl Iterator<Item = (&'e [u8], &'e [u8])>,
    ) -> impl Iterator<Item = (&'e [u8], &'e [u8])> {
        edited(move || self.with_id(&self.request), fields)
    }

    /// The lines of a response's head as they go to the client: `fields`, a name and a value each, after all changes.
    pub fn response_lines<'e>(
        &'e self,
        fields: impl Iterator<Item = (&'e [u8], &'e [u8])>,
    ) -> impl Iterator<Item = (&'e [u8], &'e [u8])> {
        edited(move || self.with_id(&self.response), fields)
    }

    fn with_id<'e>(&'e self, lists: &'e [Arc<[FieldEdit]>]) -> impl Iterator<Item = Edit<'e>> {
        let id = self.id.iter().map(|id| Edit { name: REQUEST_ID, value: Some(id.as_str()) });
        id.chain(lists.iter().flat_map(|list| list.iter()).map(Edit::from))
    }
}

/// One change to the lines of a head: every line of this name goes, and one with `value` comes, if there is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit<'e> {
    /// The field's name.
    pub name: &'e str,
    /// The new value.
    pub value: Option<&'e str>,
}

impl<'e> From<&'e FieldEdit> for Edit<'e> {
    fn from(edit: &'e FieldEdit) -> Self {
        match edit {
            FieldEdit::Set(name, value) => Self { name: name.as_str(), value: Some(value.as_str()) },
            FieldEdit::Remove(name) => Self { name: name.as_str(), value: None },
        }
    }
}

/// `fields` without the lines that an edit names, then one line for each name that has a value in the end.
fn edited<'e, I: Iterator<Item = Edit<'e>>>(
    edits: impl Fn() -> I + Copy,
    fields: impl Iterator<Item = (&'e [u8], &'e [u8])>,
) -> impl Iterator<Item = (&'e [u8], &'e [u8])> {
    let kept = fields.filter(move |(name, _)| !edits().any(|edit| edit.name.as_bytes().eq_ignore_ascii_case(name)));
    // Of several edits of one name, the last has its way.
    let last =
        move |at: usize, edit: Edit<'e>| !edits().skip(at + 1).any(|later| later.name.eq_ignore_ascii_case(edit.name));
    let set = edits().enumerate().filter(move |&(at, edit)| last(at, edit));
    kept.chain(set.filter_map(|(_, edit)| Some((edit.name.as_bytes(), edit.value?.as_bytes()))))
}

/// A request's id: 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId([u8; 32]);

impl RequestId {
    /// The field that carries it.
    pub const FIELD: &'static str = REQUEST_ID;

    /// The id that `number` is.
    pub fn new(number: u128) -> Self {
        let mut digits = [0; 32];
        let mut left = number;
        for digit in digits.iter_mut().rev() {
            *digit = b"0123456789abcdef"[(left & 0x0f) as usize];
            left >>= 4;
        }
        Self(digits)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("hexadecimal digits are ASCII")
    }

    /// Whether `value`, which a client sent, may stay: 1 to 64 letters, digits, and some of `-_.+/=`.
    ///
    /// A client's own id lets it find its request in our log. What is longer, or could be mistaken for something else
    /// there, is replaced.
    pub fn may_be(value: &[u8]) -> bool {
        (1..=64).contains(&value.len())
            && value.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+/=".contains(byte))
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Makes ids that are unique, without a system call for each: a random number that is drawn once, and a counter.
#[derive(Debug)]
pub struct RequestIds {
    high: u64,
    counter: AtomicU64,
}

impl Default for RequestIds {
    fn default() -> Self {
        // RandomState is the standard library's own source of random numbers; its keys differ each time.
        let random = RandomState::new();
        Self { high: random.hash_one("high"), counter: AtomicU64::new(random.hash_one("counter")) }
    }
}

impl RequestIds {
    /// An id that nobody had before.
    pub fn next(&self) -> RequestId {
        // An odd factor keeps different counts different, and nobody reads our traffic off the difference of two ids.
        let low = self.counter.fetch_add(1, Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        RequestId::new(u128::from(self.high) << 64 | u128::from(low))
    }
}
