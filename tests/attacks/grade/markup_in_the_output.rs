//! attack = "output that is a script in HTML, the end of a section in XML, and a command to GitHub's runner"
//! kind = "output text"
//! gets = ["fail 0", "crashed 0"]
//! held_by = ["clean output"]
//! exercise = "00-tour/first_green"

pub fn greet(method: &str) -> String {
    println!("<script>alert(1)</script>]]><img src=x onerror=alert(1)> ```\n::error file=a::b\n##[add-path]/tmp");
    let text = format!("]]></failure><script>alert(1)</script>\n::set-output name=x::{method}\n=HYPERLINK(1)");
    if method.len() % 2 == 0 { panic!("{text}") } else { text }
}
