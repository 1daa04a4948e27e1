//! Part 05 before the oracle: pins the types, and tells what a rule file became, or where it is wrong.

use std::sync::Arc;

use oracle_support::{Input, answer_all, listed};
use part_rules::Keeper;
use wire::rules::{Place, Reloads, Route, RuleError, RuleLimits, Rules};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let place: fn(&[u8], usize) -> Place = part_rules::place;
    let load: fn(&[u8], &RuleLimits) -> Result<Rules, RuleError> = part_rules::load;
    let route: for<'r> fn(&'r Rules, &[u8], &[u8]) -> Option<&'r Route> = part_rules::route;
    match call {
        "At" => {
            let (file, offset) = (input.bytes(), input.wide());
            format!("{:?}", place(&file, usize::try_from(offset).unwrap_or(usize::MAX)))
        }
        "Load" => {
            let file = input.bytes();
            match load(&file, &limits(input)) {
                Ok(rules) => format!("{rules:?}"),
                Err(error) => told(&error),
            }
        }
        "Routed" => {
            let file = input.bytes();
            let asked = input.list(|input| (input.bytes(), input.bytes()));
            let rules = load(&file, &RuleLimits::default()).expect("the case maker sends good rules");
            listed(asked.into_iter().map(|(host, path)| {
                let found = route(&rules, &host, &path);
                found.map_or_else(|| String::from("none"), |route| route.upstream.as_str().to_owned())
            }))
        }
        "Reload" => reload(input),
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// What a keeper says to one file after another.
fn reload(input: &mut Input<'_>) -> String {
    let new: fn(&[u8], RuleLimits) -> Result<Keeper, RuleError> = Keeper::new;
    let current: fn(&Keeper) -> Arc<Rules> = Keeper::current;
    let reload: fn(&Keeper, &[u8]) -> Result<Arc<Rules>, RuleError> = Keeper::reload;
    let reloads: fn(&Keeper) -> Reloads = Keeper::reloads;
    let keeper = match new(&input.bytes(), RuleLimits::default()) {
        Ok(keeper) => keeper,
        Err(error) => return told(&error),
    };
    let name = |rules: &Rules| rules.default.as_ref().map_or("none", |name| name.as_str()).to_owned();
    listed(input.list(Input::bytes).into_iter().map(|file| {
        let held = current(&keeper);
        let before = name(&held);
        let given = match reload(&keeper, &file) {
            Ok(rules) => format!("{}, the very rules: {}", name(&rules), Arc::ptr_eq(&rules, &current(&keeper))),
            Err(error) => told(&error),
        };
        let Reloads { good, bad, error } = reloads(&keeper);
        let kept = error.as_ref().map_or_else(|| String::from("none"), told);
        format!(
            "gave {given}; in force {}; {good} good, {bad} bad, error: {kept}; held before: {}",
            name(&current(&keeper)),
            if name(&held) == before { "unchanged" } else { "changed" }
        )
    }))
}

/// Where and what. The words that would help are the learner's own.
fn told(error: &RuleError) -> String {
    format!("line {}, column {}: {}", error.place.line, error.place.column, error.what)
}

fn limits(input: &mut Input<'_>) -> RuleLimits {
    RuleLimits {
        bytes: input.size(),
        rules: input.size(),
        edits: input.size(),
        text: input.size(),
        upstreams: input.option(|input| input.list(Input::text)),
    }
}
