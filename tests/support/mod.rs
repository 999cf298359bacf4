//! What tests share: a real database each, people, a program under test. It asserts nothing itself.

pub mod db;
