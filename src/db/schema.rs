//! Tables as the migrations leave them.
