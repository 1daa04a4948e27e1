//! Part 06, `pipeline`: a request goes through filters, in phases. Each filter may let it pass, change it, or answer.
//!
//! ```text
//! Arrived -> Admission -> Admitted -> Shaping -> Shaped -> Finishing -> Edits
//!             (guards)                (shapers)            (shapers)
//! ```
//!
//! What a phase takes is what the phase before it gives, so phases in a wrong order do not compile. Owns what filters
//! remember between requests: counts, and how much each client has asked for. No socket and no clock is in any
//! signature: what a filter does depends on what it is given, and a test can give it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use wire::pipeline::{Answer, Buckets, Edits, FilterCount, Incoming, RequestId, RequestIds};
use wire::rules::{Block, RateLimit, Rewrite, Rules};

/// One concern of the pipeline. `Send + Sync`: all workers share it.
pub trait Filter: Send + Sync {
    /// Its name in counts.
    fn name(&self) -> &'static str;

    /// Whether it has anything to do with `request`; if not, it is skipped.
    fn applies(&self, request: &Incoming<'_>) -> bool;
}

/// A filter that lets a request pass, or answers it. It cannot change anything.
pub trait Guard: Filter {
    /// Looks at `request`, which came `now_ms` milliseconds after the proxy started.
    ///
    /// # Errors
    /// The answer to the client: the request goes no further.
    fn check(&self, request: &Incoming<'_>, now_ms: u64) -> Result<(), Answer>;
}

/// A filter that changes a request or its response. It cannot answer.
pub trait Shaper: Filter {
    /// Adds to `edits` what it wants changed.
    fn shape(&self, request: &Incoming<'_>, edits: &mut Edits);
}

/// Refuses what the rules block.
pub struct Blocking(Vec<Block>);

impl Blocking {
    /// Refuses what any of `blocks` is for.
    pub fn new(blocks: Vec<Block>) -> Self {
        Self(blocks)
    }
}

impl Filter for Blocking {
    fn name(&self) -> &'static str {
        "block"
    }

    fn applies(&self, request: &Incoming<'_>) -> bool {
        // exercise: begin applies
        self.0.iter().any(|block| block.scope.matches(request.host, request.path()))
        // exercise: stub
        // todo!("say whether the scope of any block matches the request's host and path")
        // exercise: end
    }
}

impl Guard for Blocking {
    fn check(&self, request: &Incoming<'_>, _now_ms: u64) -> Result<(), Answer> {
        // exercise: begin check
        match self.0.iter().find(|block| meets(block, request)) {
            Some(block) => {
                Err(Answer::Reject { status: block.status, why: "a rule blocks this request", retry_after_s: None })
            }
            None => Ok(()),
        }
        // exercise: stub
        // todo!("find the first block whose conditions the request meets; reject with its status, or let the request pass")
        // exercise: end
    }
}

/// Whether `request` meets every condition of `block`.
fn meets(block: &Block, request: &Incoming<'_>) -> bool {
    block.scope.matches(request.host, request.path())
        && block.method.as_ref().is_none_or(|method| method.as_str().as_bytes() == request.method)
        && block.client.is_none_or(|network| network.contains(request.client))
        && block
            .field
            .as_ref()
            .is_none_or(|wanted| request.fields.iter().any(|line| wanted.matches(line.name, line.value)))
}

/// Filters of one kind, `dyn Guard` or `dyn Shaper`, with their counts.
pub struct Filters<F: ?Sized>(Vec<Counted<F>>);

struct Counted<F: ?Sized> {
    ran: AtomicU64,
    skipped: AtomicU64,
    filter: Box<F>,
}

impl<F: Filter + ?Sized> Filters<F> {
    /// These filters, which run in this order.
    pub fn new(filters: Vec<Box<F>>) -> Self {
        let mut all = Self(Vec::new());
        filters.into_iter().for_each(|filter| all.add(filter));
        all
    }

    /// Adds one more, which runs last.
    pub fn add(&mut self, filter: Box<F>) {
        self.0.push(Counted { ran: AtomicU64::new(0), skipped: AtomicU64::new(0), filter });
    }

    /// Those that apply to `request`, in order. Each is counted when it is asked, and not before.
    pub fn applying<'f>(&'f self, request: &'f Incoming<'_>) -> impl Iterator<Item = &'f F> {
        self.0.iter().filter_map(move |counted| {
            // exercise: begin applying
            let applies = counted.filter.applies(request);
            let count = if applies { &counted.ran } else { &counted.skipped };
            count.fetch_add(1, Relaxed);
            applies.then_some(&*counted.filter)
            // exercise: stub
            // todo!("ask the filter whether it applies; add 1 to ran or to skipped with fetch_add; give the filter, or None")
            // exercise: end
        })
    }

    /// How often each ran, in order.
    pub fn counts(&self) -> impl Iterator<Item = FilterCount> {
        self.0.iter().map(|counted| FilterCount {
            name: counted.filter.name(),
            ran: counted.ran.load(Relaxed),
            skipped: counted.skipped.load(Relaxed),
        })
    }
}

/// A stage of the pipeline: takes what the stage before it gives.
pub trait Phase<In> {
    /// What it gives to the next stage.
    type Out;

    /// Does its work on `input`.
    ///
    /// # Errors
    /// An answer: the later phases do not see the request.
    fn run(&self, input: In) -> Result<Self::Out, Answer>;
}

/// A request that nobody has looked at yet.
pub struct Arrived<'r> {
    /// The request.
    pub request: &'r Incoming<'r>,
    /// When it came, in milliseconds since the proxy started.
    pub now_ms: u64,
}

/// A request that every guard let pass. Only [`Admission`] makes one.
pub struct Admitted<'r>(&'r Incoming<'r>);

/// A request with the changes to it. Only [`Shaping`] makes one.
pub struct Shaped<'r>(&'r Incoming<'r>, Edits);

/// The first phase: may this request pass?
pub struct Admission(pub Filters<dyn Guard>);

/// The second phase: what changes in the request?
pub struct Shaping(pub Filters<dyn Shaper>);

/// The third phase: what will change in its response?
pub struct Finishing(pub Filters<dyn Shaper>);

impl<'r> Phase<Arrived<'r>> for Admission {
    type Out = Admitted<'r>;

    fn run(&self, Arrived { request, now_ms }: Arrived<'r>) -> Result<Admitted<'r>, Answer> {
        // exercise: begin admit
        for guard in self.0.applying(request) {
            guard.check(request, now_ms)?;
        }
        Ok(Admitted(request))
        // exercise: stub
        // todo!("let each guard that applies check the request, stop at the first answer, and give the request back as Admitted")
        // exercise: end
    }
}

impl<'r> Phase<Admitted<'r>> for Shaping {
    type Out = Shaped<'r>;

    fn run(&self, Admitted(request): Admitted<'r>) -> Result<Shaped<'r>, Answer> {
        let mut edits = Edits::default();
        self.0.applying(request).for_each(|shaper| shaper.shape(request, &mut edits));
        Ok(Shaped(request, edits))
    }
}

impl<'r> Phase<Shaped<'r>> for Finishing {
    type Out = Edits;

    fn run(&self, Shaped(request, mut edits): Shaped<'r>) -> Result<Edits, Answer> {
        self.0.applying(request).for_each(|shaper| shaper.shape(request, &mut edits));
        Ok(edits)
    }
}

/// Two phases, one after the other: a phase again.
pub struct Then<A, B> {
    first: A,
    second: B,
}

/// `first`, then `second`, which has to take what `first` gives.
///
/// ```
/// use part_pipeline::{Admission, Filters, Finishing, Shaping, then};
/// let admission = Admission(Filters::new(vec![]));
/// let (shaping, finishing) = (Shaping(Filters::new(vec![])), Finishing(Filters::new(vec![])));
/// let in_order = then(then(admission, shaping), finishing);
/// ```
///
/// Nothing can be shaped before it was admitted:
///
/// ```compile_fail,E0277
/// use part_pipeline::{Admission, Filters, Finishing, Shaping, then};
/// let admission = Admission(Filters::new(vec![]));
/// let (shaping, finishing) = (Shaping(Filters::new(vec![])), Finishing(Filters::new(vec![])));
/// let too_early = then(then(shaping, admission), finishing);
/// ```
pub fn then<In, A: Phase<In>, B: Phase<A::Out>>(first: A, second: B) -> Then<A, B> {
    Then { first, second }
}

impl<In, A: Phase<In>, B: Phase<A::Out>> Phase<In> for Then<A, B> {
    type Out = B::Out;

    fn run(&self, input: In) -> Result<B::Out, Answer> {
        // exercise: begin then
        let between = self.first.run(input)?;
        self.second.run(between)
        // exercise: stub
        // todo!("run the first phase, hand its answer up if it has one, and run the second on what it gave")
        // exercise: end
    }
}

/// The whole pipeline of a proxy. All workers share it; when the rules change, a new one takes its place.
pub struct Pipeline {
    phases: Then<Then<Admission, Shaping>, Finishing>,
    /// Shared with the pipeline that takes this one's place: new rules are no reason to forget who asked how much.
    buckets: Option<Arc<Buckets>>,
}

impl Pipeline {
    /// The pipeline for `rules`: blocks, rate limits, a request id, rewrites.
    pub fn new(rules: &Rules) -> Self {
        Self::build(rules, None)
    }

    /// The pipeline for new `rules`. Clients have in it what they have left in this one; counts begin anew.
    pub fn renewed(&self, rules: &Rules) -> Self {
        Self::build(rules, self.buckets.clone())
    }

    fn build(rules: &Rules, buckets: Option<Arc<Buckets>>) -> Self {
        let rates = rules.rates.clone();
        let buckets = buckets.or_else(|| (!rates.is_empty()).then(Arc::default));
        let mut guards: Vec<Box<dyn Guard>> = vec![Box::new(Blocking::new(rules.blocks.clone()))];
        if let Some(buckets) = &buckets {
            guards.push(Box::new(RateLimiting { rates, buckets: Arc::clone(buckets) }));
        }
        let shapers: Vec<Box<dyn Shaper>> =
            vec![Box::new(Naming::default()), Box::new(Rewriting::new(rules.rewrites.clone()))];
        let finishers: Vec<Box<dyn Shaper>> = vec![Box::new(ResponseRewriting(rules.rewrites.clone()))];
        let admission = Admission(Filters::new(guards));
        let shaping = Shaping(Filters::new(shapers));
        let finishing = Finishing(Filters::new(finishers));
        Self { phases: then(then(admission, shaping), finishing), buckets }
    }

    /// The same pipeline with one more guard, which is asked last.
    ///
    /// `'static`: the pipeline outlives every request, so the guard may not borrow from one.
    pub fn with_guard<G: Guard + 'static>(mut self, guard: G) -> Self {
        self.phases.first.first.0.add(Box::new(guard));
        self
    }

    /// What to do with `request`, which came `now_ms` milliseconds after the proxy started: forward it with these
    /// edits, or answer it.
    ///
    /// # Errors
    /// The answer, when the request is not to be forwarded.
    pub fn run(&self, request: &Incoming<'_>, now_ms: u64) -> Result<Edits, Answer> {
        self.phases.run(Arrived { request, now_ms })
    }

    /// How often each filter ran, in the order in which they run.
    pub fn counts(&self) -> Vec<FilterCount> {
        let Then { first: Then { first: admission, second: shaping }, second: finishing } = &self.phases;
        admission.0.counts().chain(shaping.0.counts()).chain(finishing.0.counts()).collect()
    }
}

/// Changes paths and request fields as the rules say.
pub struct Rewriting(Vec<Rewrite>);

impl Rewriting {
    /// Changes what any of `rewrites` is for, in their order.
    pub fn new(rewrites: Vec<Rewrite>) -> Self {
        Self(rewrites)
    }
}

impl Filter for Rewriting {
    fn name(&self) -> &'static str {
        "rewrite"
    }

    fn applies(&self, request: &Incoming<'_>) -> bool {
        fitting(&self.0, request).any(|rewrite| rewrite.to.is_some() || !rewrite.request.is_empty())
    }
}

impl Shaper for Rewriting {
    fn shape(&self, request: &Incoming<'_>, edits: &mut Edits) {
        for rewrite in fitting(&self.0, request) {
            // exercise: begin shape
            if let (Some(to), None) = (&rewrite.to, &edits.target) {
                edits.target = Some(request.with_prefix(&rewrite.scope.path, to));
            }
            if !rewrite.request.is_empty() {
                edits.request.push(Arc::clone(&rewrite.request));
            }
            // exercise: stub
            // todo!("set the target with request.with_prefix, unless it is set; push an Arc of the request's changes, if there are any")
            // exercise: end
        }
    }
}

/// Changes response fields as the rules say.
struct ResponseRewriting(Vec<Rewrite>);

impl Filter for ResponseRewriting {
    fn name(&self) -> &'static str {
        "rewrite-response"
    }

    fn applies(&self, request: &Incoming<'_>) -> bool {
        fitting(&self.0, request).any(|rewrite| !rewrite.response.is_empty())
    }
}

impl Shaper for ResponseRewriting {
    fn shape(&self, request: &Incoming<'_>, edits: &mut Edits) {
        let changes = fitting(&self.0, request).map(|rewrite| &rewrite.response);
        edits.response.extend(changes.filter(|changes| !changes.is_empty()).map(Arc::clone));
    }
}

/// The rewrites that are for `request`, in order.
fn fitting<'f>(rewrites: &'f [Rewrite], request: &'f Incoming<'_>) -> impl Iterator<Item = &'f Rewrite> {
    rewrites.iter().filter(|rewrite| rewrite.scope.matches(request.host, request.path()))
}

/// Gives an id to each request that has none of its own, or one that may not stay.
#[derive(Default)]
struct Naming(RequestIds);

impl Filter for Naming {
    fn name(&self) -> &'static str {
        "request-id"
    }

    fn applies(&self, request: &Incoming<'_>) -> bool {
        let mut own =
            request.fields.iter().filter(|field| field.name.eq_ignore_ascii_case(RequestId::FIELD.as_bytes()));
        !(own.next().is_some_and(|field| RequestId::may_be(field.value)) && own.next().is_none())
    }
}

impl Shaper for Naming {
    fn shape(&self, _request: &Incoming<'_>, edits: &mut Edits) {
        edits.id = Some(self.0.next());
    }
}

/// Lets each client ask as often as the rules allow, and answers 429 beyond it.
struct RateLimiting {
    rates: Vec<RateLimit>,
    /// Shared with the pipeline that takes the place of ours.
    buckets: Arc<Buckets>,
}

impl Filter for RateLimiting {
    fn name(&self) -> &'static str {
        "rate-limit"
    }

    fn applies(&self, request: &Incoming<'_>) -> bool {
        self.rates.iter().any(|rate| rate.scope.matches(request.host, request.path()))
    }
}

impl Guard for RateLimiting {
    fn check(&self, request: &Incoming<'_>, now_ms: u64) -> Result<(), Answer> {
        let matching = self.rates.iter().filter(|rate| rate.scope.matches(request.host, request.path()));
        for rate in matching {
            self.buckets.take(rate, request.client, now_ms).map_err(|wait_s| Answer::Reject {
                status: 429,
                why: "too many requests from this client",
                retry_after_s: Some(wait_s),
            })?;
        }
        Ok(())
    }
}
