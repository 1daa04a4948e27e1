//! Sort behind a loan: the most special route has to be tried first, and the table belongs to all requests.
//!
//! `&self` is a loan to look. Other requests look at the same table at this moment.
//! If rustc let one of them sort it, the others would read a list whose items change places under their eyes.
//! No trick turns `&self` into `&mut self`: the right to change was never in the loan.
//! But a list of *views* of the routes would be your own, and what is yours you may sort.

use std::cmp::Reverse;

/// Requests whose path begins with `prefix` go to `upstream`.
#[derive(Debug)]
pub struct Route {
    pub prefix: String,
    pub upstream: String,
}

/// The routes, in the order of the rule file.
#[derive(Debug)]
pub struct Table {
    pub routes: Vec<Route>,
}

impl Table {
    /// Views of all routes, the longest prefix first; routes of one length stay in their order.
    pub fn most_special_first(&self) -> Vec<&Route> {
        // exercise: begin
        let mut views: Vec<&Route> = self.routes.iter().collect();
        views.sort_by_key(|route| Reverse(route.prefix.len()));
        views
        // exercise: stub
        // self.routes.sort_by_key(|route| Reverse(route.prefix.len()));
        // self.routes.iter().collect()
        // exercise: end
    }

    /// The upstream of the first route, in that order, that fits the path.
    pub fn upstream(&self, path: &str) -> Option<&str> {
        let fitting = self.most_special_first().into_iter().find(|route| path.starts_with(&route.prefix));
        fitting.map(|route| route.upstream.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(prefixes: &[&str]) -> Table {
        let route = |prefix: &&str| Route { prefix: String::from(*prefix), upstream: format!("for {prefix}") };
        Table { routes: prefixes.iter().map(route).collect() }
    }

    fn check(prefixes: &[&str], expected: &[&str], why: &str) {
        let table = table(prefixes);
        let got: Vec<&str> = table.most_special_first().iter().map(|route| route.prefix.as_str()).collect();
        assert!(got == expected, "{why}\nroutes: {prefixes:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn gives_the_longest_prefix_first() {
        check(&["/", "/shop", "/shop/cart"], &["/shop/cart", "/shop", "/"], "the longest prefix is the most special");
        check(&["/zoo", "/a", "/cafe/menu"], &["/cafe/menu", "/zoo", "/a"], "the length counts, and not the alphabet");
        check(&[], &[], "there is no route");
    }

    #[test]
    fn keeps_the_order_of_equals() {
        check(&["/a", "/menu", "/b", "/c"], &["/menu", "/a", "/b", "/c"], "of one length: as in the rule file");
    }

    #[test]
    fn leaves_the_table_as_it_is() {
        let table = table(&["/", "/shop"]);
        // Two requests, each with its loan, at the same time.
        let (one, other) = (&table, &table);
        let (first, second) = (one.most_special_first(), other.most_special_first());
        assert_eq!(first.len() + second.len(), 4, "each request has its own list of views");
        assert_eq!(table.routes[0].prefix, "/", "the table is in the order of the rule file");
    }

    #[test]
    fn gives_views_and_no_copies() {
        let table = table(&["/", "/shop"]);
        let got = table.most_special_first();
        assert!(
            std::ptr::eq(got[0], &table.routes[1]),
            "a route was copied\nexpected: a view of the table's own route"
        );
    }

    #[test]
    fn finds_the_upstream_of_a_path() {
        let table = table(&["/", "/shop", "/shop/cart"]);
        assert_eq!(table.upstream("/shop/cart/7"), Some("for /shop/cart"), "path: /shop/cart/7");
        assert_eq!(table.upstream("/shops"), Some("for /shop"), "path: /shops");
    }
}
