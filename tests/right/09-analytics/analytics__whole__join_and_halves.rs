//! exercise = "09-analytics"
//! mark = "analyse"
//! shape = "the whole part once more: halves of the pieces by rayon::join, and loops in place of chains"

    fn halves(pieces: &[&[u8]], read: &(impl Fn(&[u8]) -> Option<Row> + Sync)) -> Tally {
        match pieces {
            [] => Tally::default(),
            [piece] => count(Tally::default(), piece, read),
            _ => {
                let (one, other) = pieces.split_at(pieces.len() / 2);
                let (one, other) = rayon::join(|| halves(one, read), || halves(other, read));
                one.merge(other)
            }
        }
    }
    halves(&pieces, &read).report(top)
    // mark: pieces
    let mut start = 0;
    for at in 0..rest.len() {
        if rest[at] == b'\n' && at + 1 - start >= size {
            pieces.push(&rest[start..=at]);
            start = at + 1;
        }
    }
    rest = &rest[start..];
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
    // mark: count
    let mut rest = piece;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        if end > 0 {
            tally.add(read(&rest[..end]));
        }
        rest = rest.get(end + 1..).unwrap_or(&[]);
    }
    tally
    // mark: merge
        for (status, number) in other.statuses {
            *self.statuses.entry(status).or_insert(0) += number;
        }
        for (client, number) in other.clients {
            *self.clients.entry(client).or_insert(0) += number;
        }
        self.took.add(other.took).expect("a histogram of the same digits grows as far as the other one");
        self.requests += other.requests;
        self.unreadable += other.unreadable;
        self.body_bytes = self.body_bytes.checked_add(other.body_bytes).unwrap_or(u64::MAX);
        self.slowest = std::cmp::max(self.slowest, other.slowest);
        self
