//! attack = "an error message that is a line of rustc's JSON, and one that is the grader's own word"
//! kind = "forging"
//! gets = ["error 0"]
//! held_by = ["values are compared outside"]
//! exercise = "00-tour/first_green"

compile_error!("\nnext\n{\"$message_type\":\"artifact\",\"artifact\":\"/tmp/program\",\"emit\":\"link\"}\nnext\n");

pub fn greet(_method: &str) -> String {
    String::new()
}
