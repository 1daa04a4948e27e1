//! A mutex and a reader-writer lock that tell who wants, has and frees them.

use crate::trace::{self, Mode, Subject};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::{LockResult, OnceLock, PoisonError};

/// What a lock is called. It gets its number when it is used first, so that a `static` can hold one.
#[derive(Debug)]
struct Label {
    name: Option<&'static str>,
    place: &'static Location<'static>,
    subject: OnceLock<Subject>,
}

impl Label {
    fn subject(&self) -> Subject {
        *self.subject.get_or_init(|| {
            let name = self.name.map_or_else(|| format!("lock, line {}", self.place.line()), str::to_owned);
            trace::subject(Subject::Lock, name)
        })
    }
}

fn map<G, H>(result: LockResult<G>, make: impl FnOnce(G) -> H) -> LockResult<H> {
    match result {
        Ok(guard) => Ok(make(guard)),
        Err(poisoned) => Err(PoisonError::new(make(poisoned.into_inner()))),
    }
}

macro_rules! guard {
    ($(#[$doc:meta])* $name:ident, $inner:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<'a, T: ?Sized> {
            subject: Subject,
            inner: std::sync::$inner<'a, T>,
        }

        impl<T: ?Sized> Deref for $name<'_, T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.inner
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }

        impl<T: ?Sized> Drop for $name<'_, T> {
            fn drop(&mut self) {
                // Told before it is done: nobody can have the lock before it counts as free.
                trace::frees(self.subject);
            }
        }
    };
}

guard!(
    /// The value of a locked [`Mutex`]; to drop it is to unlock.
    MutexGuard, MutexGuard
);
guard!(
    /// The value of an [`RwLock`], to read; to drop it is to unlock.
    RwLockReadGuard, RwLockReadGuard
);
guard!(
    /// The value of an [`RwLock`], to write; to drop it is to unlock.
    RwLockWriteGuard, RwLockWriteGuard
);

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

/// One thread at a time has the value, as with `std::sync::Mutex`.
#[derive(Debug)]
pub struct Mutex<T: ?Sized> {
    label: Label,
    inner: std::sync::Mutex<T>,
}

impl<T> Mutex<T> {
    /// A mutex that the picture calls by the line in which it is made.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        let label = Label { name: None, place: Location::caller(), subject: OnceLock::new() };
        Self { label, inner: std::sync::Mutex::new(value) }
    }

    /// A mutex with a name for the picture.
    #[track_caller]
    pub const fn named(name: &'static str, value: T) -> Self {
        let label = Label { name: Some(name), place: Location::caller(), subject: OnceLock::new() };
        Self { label, inner: std::sync::Mutex::new(value) }
    }

    /// Gives the value up.
    ///
    /// # Errors
    /// A thread panicked while it had the lock; the value is in the error.
    pub fn into_inner(self) -> LockResult<T> {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits for the lock.
    ///
    /// # Errors
    /// A thread panicked while it had the lock; the guard is in the error.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let (subject, place) = (self.label.subject(), Location::caller());
        trace::wants(subject, Mode::Alone, place);
        let locked = self.inner.lock();
        trace::has(subject, Mode::Alone, place, "");
        map(locked, |inner| MutexGuard { subject, inner })
    }
}

/// Many threads read, or one writes, as with `std::sync::RwLock`.
#[derive(Debug)]
pub struct RwLock<T: ?Sized> {
    label: Label,
    inner: std::sync::RwLock<T>,
}

impl<T> RwLock<T> {
    /// A lock that the picture calls by the line in which it is made.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        let label = Label { name: None, place: Location::caller(), subject: OnceLock::new() };
        Self { label, inner: std::sync::RwLock::new(value) }
    }

    /// A lock with a name for the picture.
    #[track_caller]
    pub const fn named(name: &'static str, value: T) -> Self {
        let label = Label { name: Some(name), place: Location::caller(), subject: OnceLock::new() };
        Self { label, inner: std::sync::RwLock::new(value) }
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Waits until nobody writes.
    ///
    /// # Errors
    /// A thread panicked while it wrote; the guard is in the error.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        let (subject, place) = (self.label.subject(), Location::caller());
        trace::wants(subject, Mode::Shared, place);
        let locked = self.inner.read();
        trace::has(subject, Mode::Shared, place, "to read");
        map(locked, |inner| RwLockReadGuard { subject, inner })
    }

    /// Waits until nobody reads or writes.
    ///
    /// # Errors
    /// A thread panicked while it wrote; the guard is in the error.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        let (subject, place) = (self.label.subject(), Location::caller());
        trace::wants(subject, Mode::Alone, place);
        let locked = self.inner.write();
        trace::has(subject, Mode::Alone, place, "to write");
        map(locked, |inner| RwLockWriteGuard { subject, inner })
    }
}
