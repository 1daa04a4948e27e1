//! Part 13 before the oracle: answers to compare, places, tallies, two proxies to ask, and a whole road in words.

use std::cell::RefCell;
use std::num::NonZeroU32;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use oracle_support::{Input, answer_all, listed, shown};
use part_migration::Ramp;
use wire::FieldLines;
use wire::migration::{
    Answered, BodyDigest, Difference, Share, Side, Snapshot, Stage, Steps, Tally, Thresholds, Unsupported, Verdict,
};

type Compare = for<'a> fn(&Snapshot<'a>, &Snapshot<'a>, &[&str]) -> Vec<Difference<'a>>;

/// How often a future is asked: one that never has an answer has to end here.
const MOST: usize = 100;

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let compare: Compare = part_migration::compare;
    let bucket: fn(u64, &[u8]) -> u16 = part_migration::bucket;
    let side: fn(u16, Share) -> Side = part_migration::side;
    let judge: fn(&Tally, &Tally, &Thresholds) -> Verdict = part_migration::judge;
    match call {
        "Compare" => {
            let (old, new) = (Shot::read(input), Shot::read(input));
            let ignored = input.list(Input::text);
            let ignored: Vec<&str> = ignored.iter().map(String::as_str).collect();
            let (old, new) = (old.taken(), new.taken());
            listed(compare(&old, &new, &ignored).iter().map(difference))
        }
        "Place" => bucket(input.wide(), &input.bytes()).to_string(),
        "Whose" => {
            let place = u16::try_from(input.number()).expect("the case maker sends a place");
            format!("{:?}", side(place, share(input.number())))
        }
        "Judge" => {
            let (old, new) = (tally(input), tally(input));
            format!("{:?}", judge(&old, &new, &thresholds(input)))
        }
        "Ask" => ask(input),
        "Road" => road(input),
        other => unreachable!("the case maker has no call {other}"),
    }
}

fn difference(difference: &Difference<'_>) -> String {
    match difference {
        Difference::Field { name, old, new } => {
            let texts = |values: &[&[u8]]| listed(values.iter().copied().map(shown));
            format!("Field {}: {} and {}", shown(name), texts(old), texts(new))
        }
        other @ (Difference::Status { .. } | Difference::Length { .. } | Difference::Body) => format!("{other:?}"),
    }
}

/// Two proxies, each of which has its answer after some waiting; tells who was asked, and in which order.
fn ask(input: &mut Input<'_>) -> String {
    let (side, supported) = (if input.flag() { Side::New } else { Side::Old }, input.flag());
    let (new_waits, old_waits) = (input.size(), input.size());
    let log = RefCell::new(Vec::new());
    let note = |word: &str| log.borrow_mut().push(word.to_owned());
    let future = part_migration::answer(
        side,
        async || {
            note("new is asked");
            Waits(new_waits).await;
            note("new has an answer");
            if supported { Ok("from new") } else { Err(Unsupported("trailers")) }
        },
        async || {
            note("old is asked");
            Waits(old_waits).await;
            note("old has an answer");
            "from old"
        },
    );
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    let got = (0..MOST).find_map(|_| match future.as_mut().poll(&mut context) {
        Poll::Ready(answered) => Some(answered),
        Poll::Pending => None,
    });
    let told = match got {
        Some(Answered { answer, by, fell_back }) => format!("{answer}, by {by:?}, fell back: {fell_back:?}"),
        None => String::from("no answer"),
    };
    format!("{told}, {}", listed(log.take()))
}

/// Is ready when it was asked so often.
struct Waits(usize);

impl Future for Waits {
    type Output = ();

    fn poll(mut self: std::pin::Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match self.0.checked_sub(1) {
            None => Poll::Ready(()),
            Some(left) => {
                self.0 = left;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }
}

/// A migration and what happens to it, in words; each change of its stage is told, and where it stands at the end.
fn road(input: &mut Input<'_>) -> String {
    let shares = input.list(|input| share(input.number()));
    let steps = Steps::new(shares).expect("the case maker sends growing shares");
    let thresholds = thresholds(input);
    let (salt, now_ms) = (input.wide(), input.wide());
    let new = if input.flag() { Ramp::new } else { Ramp::without_shadow };
    let mut ramp = new(steps, thresholds, salt, now_ms);
    let mut said = vec![told(&ramp, None)];
    for words in input.list(Input::text) {
        let words: Vec<&str> = words.split(' ').collect();
        match words[..] {
            [times, "compared", how, now] => {
                for _ in 0..number(times) {
                    let changed = ramp.compared(how == "differs", number(now));
                    said.extend(changed.map(|stage| told(&ramp, Some(stage))));
                }
            }
            [times, "answered", by, how, took_us, now] => {
                let by = if by == "new" { Side::New } else { Side::Old };
                for _ in 0..number(times) {
                    let changed = ramp.record(by, how == "ok", number(took_us), number(now));
                    said.extend(changed.map(|stage| told(&ramp, Some(stage))));
                }
            }
            ["roll-back", now] => {
                let changed = ramp.roll_back(number(now));
                said.push(told(&ramp, changed));
            }
            ["clients", from, to] => {
                let new =
                    (number(from)..number(to)).filter(|client| ramp.side(client.to_string().as_bytes()) == Side::New);
                said.push(format!("on the new side: {:?}", new.collect::<Vec<u64>>()));
            }
            ["copies", method] => said.push(format!("copies {method}: {}", ramp.shadows(method.as_bytes()))),
            ref other => unreachable!("the case maker knows no event {other:?}"),
        }
    }
    said.push(told(&ramp, None));
    listed(said)
}

fn told(ramp: &Ramp, changed: Option<Stage>) -> String {
    let (stage, share): (Stage, Share) = (ramp.stage(), ramp.share());
    format!("{stage:?}, {share:?}, said: {changed:?}")
}

/// What a snapshot borrows.
struct Shot {
    status: u16,
    fields: FieldLines,
    body: BodyDigest,
}

impl Shot {
    fn read(input: &mut Input<'_>) -> Self {
        let status = u16::try_from(input.number()).expect("the case maker sends a status");
        let mut fields = FieldLines::new();
        for (name, value) in input.list(|input| (input.bytes(), input.bytes())) {
            fields.push(&name, &value).expect("the case maker sends good fields");
        }
        let mut body = BodyDigest::new();
        body.add(&input.bytes());
        Self { status, fields, body }
    }

    fn taken(&self) -> Snapshot<'_> {
        Snapshot { status: self.status, fields: self.fields.as_fields(), body: self.body }
    }
}

fn tally(input: &mut Input<'_>) -> Tally {
    let mut tally = Tally::new();
    for (times, ok, took_us) in input.list(|input| (input.size(), input.flag(), input.wide())) {
        (0..times).for_each(|_| tally.add(ok, took_us));
    }
    tally
}

fn thresholds(input: &mut Input<'_>) -> Thresholds {
    Thresholds {
        least: u32::try_from(input.number()).ok().and_then(NonZeroU32::new).expect("the case maker sends 1 or more"),
        more_errors: share(input.number()),
        slower_percent: u16::try_from(input.number()).expect("the case maker sends percents"),
        differences: share(input.number()),
        hold_ms: input.wide(),
    }
}

fn share(parts: i64) -> Share {
    u16::try_from(parts).ok().and_then(Share::of_ten_thousand).expect("the case maker sends parts of 10,000")
}

fn number(word: &str) -> u64 {
    word.parse().unwrap_or_else(|_| unreachable!("the case maker sends numbers, not {word}"))
}
