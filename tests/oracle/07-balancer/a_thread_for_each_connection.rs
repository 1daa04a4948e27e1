//! The drill `a_thread_for_each_connection` before the oracle: what each connection sent, and by whose hand.

use std::collections::HashSet;
use std::thread;

use a_thread_for_each_connection::Connection;
use oracle_support::{Input, answer_all, listed};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let send_all: fn(Vec<Connection>, &[Vec<usize>]) -> Vec<Connection> = a_thread_for_each_connection::send_all;
    match call {
        "SendAll" => {
            let (addresses, queues) = (input.list(Input::text), input.list(|input| input.list(Input::size)));
            let connections = addresses.iter().map(|address| Connection::new(address)).collect();
            let connections = send_all(connections, &queues);
            let told: Vec<_> = connections.iter().map(Connection::told).collect();
            let mut threads = HashSet::from([thread::current().id()]);
            // Who sent nothing used no connection.
            let own = told.iter().filter_map(|(_, _, thread)| *thread).all(|thread| threads.insert(thread));
            format!("{}, threads of their own: {own}", listed(told.iter().map(|(to, sent, _)| format!("{to}: {sent}"))))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
