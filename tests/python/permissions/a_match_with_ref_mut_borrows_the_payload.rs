let mut received = Some(String::from("GET"));
match received { //? received:RWM
    Some(ref mut bytes) => bytes.push('/'), //? received:··· bytes:R·M *bytes:RW
    None => {} //? received:RWM
}
println!("{received:?}"); //? received:RWM
