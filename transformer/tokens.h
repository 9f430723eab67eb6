#pragma once
// The tokens of a text, which may be larger than memory.

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

/// A sequence of tokens, in memory or in a memory-mapped file, of which the system keeps in memory what is used and
/// what fits. Copies share the tokens.
class Tokens {
 public:
  Tokens() = default;
  Tokens(std::vector<Token> tokens);
  // Only copied, never moved: a moved-from object would still refer to tokens that it no longer owns.
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

/// Writes tokens into a file without a name. The file disappears with the last Tokens that refers to it, or with the
/// process.
class TokenWriter {
 public:
  /// folder: on a disk with room for 4 bytes per token; empty: the system's temporary folder. Throws Error if it is not
  /// writable.
  explicit TokenWriter(const std::filesystem::path& folder);
  ~TokenWriter();
  TokenWriter(const TokenWriter&) = delete;
  TokenWriter& operator=(const TokenWriter&) = delete;

  /// Throws Error if the disk is full.
  void append(std::span<const Token> tokens);
  /// Returns all tokens that were appended; nothing can be appended afterwards. Throws Error if the disk is full.
  Tokens finish();

 private:
  void flush();

  std::filesystem::path folder_;
  int file_ = -1;
  std::size_t written_ = 0;  // tokens
  std::vector<Token> waiting_;
};

}  // namespace noema::transformer
