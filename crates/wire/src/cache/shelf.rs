//! A shelf of stored answers with a bound on its bytes. Knows no lock: whoever has it, has it alone.

use super::{Asked, Stored, Wish};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// More variants of one URI than this are not kept: a client that sends a new User-Agent each time must not
/// make us search a list without an end.
const MOST_VARIANTS: usize = 32;

/// What a shelf has for a request.
#[derive(Debug)]
pub enum Found {
    /// An answer to send.
    Fresh(Arc<Stored>),
    /// An answer that the upstream has to be asked about first.
    Stale(Arc<Stored>),
    /// Nothing for this request.
    Nothing,
}

/// Stored answers by the hash of their URI. Two URIs may share a hash: entries are compared whole.
///
/// Room is made by second chance (the clock algorithm): entries stand in a queue as they came; the front one
/// goes, unless it was used since it was last there, which sends it to the back once more. So a hit sets one
/// flag, where a list of the least recently used would move the entry each time.
#[derive(Debug)]
pub struct Shelf {
    most_bytes: usize,
    most_entry_bytes: usize,
    bytes: usize,
    entries: HashMap<u64, Vec<Entry>>,
    queue: VecDeque<(u64, u64)>,
    next: u64,
    stored: u64,
    evicted: u64,
}

#[derive(Debug)]
struct Entry {
    /// Its place in the queue, which it keeps when it is replaced.
    id: u64,
    stored: Arc<Stored>,
    was_used: bool,
}

impl Shelf {
    /// An empty shelf for `bytes` bytes, of which one entry may take `entry_bytes`.
    pub fn new(bytes: usize, entry_bytes: usize) -> Self {
        Self {
            most_bytes: bytes,
            most_entry_bytes: entry_bytes.min(bytes),
            bytes: 0,
            entries: HashMap::new(),
            queue: VecDeque::new(),
            next: 0,
            stored: 0,
            evicted: 0,
        }
    }

    /// What there is for `asked`, whose URI hashes to `uri`. The newest entry that answers it counts.
    pub fn find(&mut self, uri: u64, asked: &Asked<'_>, wish: &Wish, now_ms: u64) -> Found {
        let entries = self.entries.get_mut(&uri).map_or(&mut [][..], Vec::as_mut_slice);
        let good = |entry: &&mut Entry| entry.stored.answers(asked);
        match entries.iter_mut().rev().find(good) {
            Some(entry) => {
                entry.was_used = true;
                let stored = Arc::clone(&entry.stored);
                if stored.serves(wish, now_ms) { Found::Fresh(stored) } else { Found::Stale(stored) }
            }
            None => Found::Nothing,
        }
    }

    /// The newest entry whose URI hashes to `uri`: its Vary says what variants there are.
    pub fn newest(&self, uri: u64) -> Option<&Stored> {
        self.entries.get(&uri)?.last().map(|entry| &*entry.stored)
    }

    /// Puts an answer on the shelf, in place of the same variant if there is one. Says whether it is there now:
    /// an answer that costs more than an entry may is left out.
    pub fn insert(&mut self, uri: u64, stored: Arc<Stored>) -> bool {
        let cost = stored.cost();
        let kept = self.entries.entry(uri).or_default();
        let same = kept.iter().position(|entry| entry.stored.is_variant_of(&stored));
        let old = same.map(|at| kept.remove(at));
        self.bytes -= old.as_ref().map_or(0, |entry| entry.stored.cost());
        let (id, was_used) = old.map_or((None, false), |entry| (Some(entry.id), entry.was_used));
        if cost > self.most_entry_bytes {
            self.drop_from_queue(uri, id);
            return false;
        }
        if kept.len() == MOST_VARIANTS {
            let first = kept.remove(0);
            self.bytes -= first.stored.cost();
            self.evicted += 1;
            self.drop_from_queue(uri, Some(first.id));
        }
        let id = id.unwrap_or_else(|| {
            self.queue.push_back((uri, self.next));
            self.next += 1;
            self.next - 1
        });
        self.entries.entry(uri).or_default().push(Entry { id, stored, was_used });
        self.bytes += cost;
        self.stored += 1;
        self.make_room(id);
        true
    }

    /// Forgets every answer to the URI of `asked`, all of its variants.
    pub fn forget(&mut self, uri: u64, asked: &Asked<'_>) {
        let Some(kept) = self.entries.get_mut(&uri) else { return };
        let (bytes, queue) = (&mut self.bytes, &mut self.queue);
        kept.retain(|entry| {
            let stays = entry.stored.uri() != asked.uri;
            if !stays {
                *bytes -= entry.stored.cost();
                queue.retain(|&(_, id)| id != entry.id);
            }
            stays
        });
        if kept.is_empty() {
            self.entries.remove(&uri);
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.queue.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// What all entries cost together.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many answers were put here, and how many of them made room for others.
    pub fn totals(&self) -> (u64, u64) {
        (self.stored, self.evicted)
    }

    /// Takes entries from the front until all fit. The entry `newest` stays: it fits, and it has just come.
    fn make_room(&mut self, newest: u64) {
        while self.bytes > self.most_bytes {
            let Some((uri, id)) = self.queue.pop_front() else { return };
            let kept = self.entries.get_mut(&uri).map_or(&mut [][..], Vec::as_mut_slice);
            let Some(entry) = kept.iter_mut().find(|entry| entry.id == id) else { continue };
            if entry.was_used || id == newest {
                entry.was_used = false;
                self.queue.push_back((uri, id));
                continue;
            }
            self.take(uri, id);
            self.evicted += 1;
        }
    }

    fn take(&mut self, uri: u64, id: u64) {
        if let Some(kept) = self.entries.get_mut(&uri) {
            if let Some(at) = kept.iter().position(|entry| entry.id == id) {
                self.bytes -= kept.remove(at).stored.cost();
            }
            if kept.is_empty() {
                self.entries.remove(&uri);
            }
        }
    }

    fn drop_from_queue(&mut self, uri: u64, id: Option<u64>) {
        self.queue.retain(|&(_, other)| Some(other) != id);
        if self.entries.get(&uri).is_some_and(Vec::is_empty) {
            self.entries.remove(&uri);
        }
    }
}
