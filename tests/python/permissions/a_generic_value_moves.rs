fn hand<T>(value: T) -> T {
    let kept = value; //? value:R·M
    kept //? value:··· kept:R·M
}
