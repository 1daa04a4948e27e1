//! The drill `order_in_the_types` before the oracle.

use oracle_support::{Input, answer_all};
use order_in_the_types::{Admission, Arrived, Phase, Shaped, Shaping, run_both, serve};

fn main() {
    answer_all(answer);
}

type Passed = <Admission as Phase<Arrived>>::Out;

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let serve: fn(&str) -> Result<String, u16> = serve;
    let admit: fn(&Admission, Arrived) -> Result<Passed, u16> = Phase::run;
    let shape: fn(&Shaping, Passed) -> Result<Shaped, u16> = Phase::run;
    let path = input.text();
    let arrived = Arrived { path: path.clone() };
    match call {
        "Serve" => format!("{:?}", serve(&path)),
        "Admit" => format!("{:?}", admit(&Admission, arrived).map(drop)),
        "InOrder" => {
            let by_hand: Result<String, u16> =
                admit(&Admission, arrived).and_then(|passed| shape(&Shaping, passed)).map(|shaped| shaped.target);
            let both: Result<Shaped, u16> = run_both(&Admission, &Shaping, Arrived { path });
            format!("{by_hand:?}, {:?}", both.map(|shaped| shaped.target))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
