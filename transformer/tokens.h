#pragma once
// A text's tokens, which may be more than memory holds.

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

/// Tokens one after another, in memory or in a file that is read as if it were: of that the system holds what is used
/// and has room for. Copies share them.
class Tokens {
 public:
  Tokens() = default;
  Tokens(std::vector<Token> tokens);
  // Copied only: what was moved from would still show tokens that are no longer its own.
  Tokens(const Tokens&) = default;
  Tokens& operator=(const Tokens&) = default;

  std::size_t size() const { return view_.size(); }
  bool empty() const { return view_.empty(); }
  const Token* data() const { return view_.data(); }
  const Token* begin() const { return view_.data(); }
  const Token* end() const { return view_.data() + view_.size(); }
  Token operator[](std::size_t i) const { return view_[i]; }

 private:
  friend class TokenWriter;
  Tokens(std::span<const Token> view, std::shared_ptr<const void> owner) : view_(view), owner_(std::move(owner)) {}

  std::span<const Token> view_;
  std::shared_ptr<const void> owner_;
};

/// Writes tokens into a file without a name, which is gone with the last Tokens that read it, or with the process.
class TokenWriter {
 public:
  /// folder: on a disk with room for 4 bytes a token; empty: the system's temporary one. Throws Error if nothing can be
  /// written there.
  explicit TokenWriter(const std::filesystem::path& folder);
  ~TokenWriter();
  TokenWriter(const TokenWriter&) = delete;
  TokenWriter& operator=(const TokenWriter&) = delete;

  /// Throws Error if the disk is full.
  void append(std::span<const Token> tokens);
  /// All that was appended; nothing can be appended any more. Throws Error.
  Tokens finish();

 private:
  void flush();

  std::filesystem::path folder_;
  int file_ = -1;
  std::size_t written_ = 0;  // tokens
  std::vector<Token> waiting_;
};

}  // namespace noema::transformer
