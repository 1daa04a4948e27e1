//! The drill `sort_behind_a_loan` before the oracle: a shared table, and the places of the routes that come back.

use oracle_support::{Input, answer_all};
use sort_behind_a_loan::{Route, Table};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let most_special_first: for<'table> fn(&'table Table) -> Vec<&'table Route> = Table::most_special_first;
    let upstream: for<'table, 'path> fn(&'table Table, &'path str) -> Option<&'table str> = upstream;
    let prefixes: Vec<String> = input.list(Input::text);
    let route = |prefix: &String| Route { prefix: prefix.clone(), upstream: format!("for {prefix}") };
    let table = Table { routes: prefixes.iter().map(route).collect() };
    match call {
        "MostSpecialFirst" => {
            let views = most_special_first(&table);
            let place = |view: &&Route| table.routes.iter().position(|route| std::ptr::eq(route, *view));
            let places: Vec<Option<usize>> = views.iter().map(place).collect();
            let unchanged = table.routes.iter().map(|route| &route.prefix).eq(&prefixes);
            format!("{places:?}, the table is as it was: {unchanged}")
        }
        "Upstream" => format!("{:?}", upstream(&table, &input.text())),
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// The loan of the path may end before the answer does; the method's own signature says so only for this table.
fn upstream<'table>(table: &'table Table, path: &str) -> Option<&'table str> {
    table.upstream(path)
}
