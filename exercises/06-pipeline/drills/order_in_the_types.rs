//! Order in the types: somebody put the shaping before the admission, and blocked requests reached the upstream.
//!
//! Both phases take a request that has arrived, so any order compiles.
//! What a phase gives (`Out`) can be another type than what it takes. Nobody but admission can make an `Admitted`,
//! so a phase that takes one can only stand behind it.
//! Write the type `Admitted`: let admission give it, and let shaping take nothing else.

/// A stage of the pipeline, which takes an `In`.
pub trait Phase<In> {
    /// What it gives to the next stage.
    type Out;

    /// Does its work, or answers with a status.
    ///
    /// # Errors
    /// The status of the answer: the later stages do not see the request.
    fn run(&self, input: In) -> Result<Self::Out, u16>;
}

/// A request that nobody has looked at yet.
pub struct Arrived {
    pub path: String,
}

/// A request that is ready for the upstream.
pub struct Shaped {
    pub target: String,
}

/// The phase that refuses what is closed.
pub struct Admission;

/// The phase that puts `/app` in front of every path.
pub struct Shaping;

impl Phase<Arrived> for Admission {
    type Out = Arrived;

    fn run(&self, input: Arrived) -> Result<Arrived, u16> {
        if input.path.starts_with("/admin") { Err(403) } else { Ok(input) }
    }
}

impl Phase<Arrived> for Shaping {
    type Out = Shaped;

    fn run(&self, input: Arrived) -> Result<Shaped, u16> {
        Ok(Shaped { target: format!("/app{}", input.path) })
    }
}

/// Sends a request through two phases: the second one has to take what the first one gives.
///
/// # Errors
/// The answer of either phase.
pub fn run_both<In, A: Phase<In>, B: Phase<A::Out>>(first: &A, second: &B, input: In) -> Result<B::Out, u16> {
    second.run(first.run(input)?)
}

/// The whole pipeline: the target for the upstream, or the status of the answer.
///
/// # Errors
/// The status with which admission refuses the request.
pub fn serve(path: &str) -> Result<String, u16> {
    run_both(&Admission, &Shaping, Arrived { path: String::from(path) }).map(|shaped| shaped.target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::marker::PhantomData;

    /// Says whether the phase `P` takes a request that has only arrived. Of two methods of one name, rustc takes the
    /// type's own where its bound holds, and the trait's where not.
    struct Asked<P>(PhantomData<P>);

    trait Otherwise {
        fn takes_arrived(&self) -> bool {
            false
        }
    }

    impl<P> Otherwise for Asked<P> {}

    impl<P: Phase<Arrived>> Asked<P> {
        fn takes_arrived(&self) -> bool {
            true
        }
    }

    fn check(path: &str, expected: Result<&str, u16>, why: &str) {
        let got = serve(path);
        assert_eq!(got.as_deref(), expected.as_ref().copied(), "{why}\ninput: {path}");
    }

    #[test]
    fn shapes_what_was_admitted() {
        check("/menu", Ok("/app/menu"), "admission lets it pass, shaping puts /app in front");
    }

    #[test]
    fn refuses_what_is_closed() {
        check("/admin/users", Err(403), "admission refuses it, shaping does not see it");
    }

    #[test]
    fn admission_stands_first() {
        assert!(!Asked::<Arrived>(PhantomData).takes_arrived(), "a request is no phase");
        let takes = Asked::<Admission>(PhantomData).takes_arrived();
        assert!(takes, "admission is the first phase: it takes a request that has just arrived");
    }

    #[test]
    fn shaping_cannot_stand_first() {
        let takes = Asked::<Shaping>(PhantomData).takes_arrived();
        assert!(
            !takes,
            "shaping still takes a request that nobody has admitted: with the phases in the wrong order this would \
             compile, and a closed path would reach the upstream\nexpected: Shaping takes an Admitted, and no Arrived"
        );
    }
}
