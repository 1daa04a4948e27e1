//! attack = "put the grader's environment into the program"
//! kind = "environment"
//! gets = ["exited 0"]
//! held_by = ["empty environment"]

pub fn main() {
    let stolen =
        [option_env!("PROXYLINGS_SECRET"), option_env!("HOME"), option_env!("GITHUB_TOKEN"), option_env!("PATH")];
    println!("{stolen:?}");
}
