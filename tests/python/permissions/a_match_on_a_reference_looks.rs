let received = Some(String::from("GET /"));
match &received { //? received:R·M
    Some(bytes) => println!("{bytes}"), //? received:R·· bytes:R·M *bytes:R·
    None => println!("closed"), //? received:R·M
}
let kept = received; //? received:R·M
println!("{kept:?}"); //? received:··· kept:R·M
