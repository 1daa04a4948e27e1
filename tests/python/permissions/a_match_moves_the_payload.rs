let received = Some(String::from("GET /"));
match received { //? received:R·M
    Some(bytes) => println!("{bytes}"), //? received:··· bytes:R·M
    None => println!("closed"), //? received:R·M
}
let more = 1; //? received:···
println!("{more}"); //? received:··· more:R·M
