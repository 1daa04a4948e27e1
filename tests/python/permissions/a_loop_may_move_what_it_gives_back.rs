let mut buffer = Vec::new();
for byte in 0..2u8 { //? buffer:RWM
    let mut taken = buffer; //? buffer:RWM byte:R·M
    taken.push(byte); //? buffer:··· taken:RWM byte:R·M
    buffer = taken; //? buffer:··· taken:RWM byte:R·M
} //? buffer:RWM taken:··· byte:R·M
println!("{buffer:?}"); //? buffer:RWM
