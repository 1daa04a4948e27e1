let mut head = String::from("GET");
{ //? head:RWM
    let end = &mut head; //? head:RWM
    end.push('/'); //? head:··· end:R·M *end:RW
} //? head:RWM end:R·M *end:RW
println!("{head}"); //? head:RWM
