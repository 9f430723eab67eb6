#pragma once
// The main header of transformer/. A model consists of a tokenizer, a shape and weights. trainer.h trains it; decoder.h
// streams its predictions; encode() gives bidirectional hidden states; evaluate.h measures it.
//
// The network is a pre-norm decoder (Vaswani et al. 2017; Xiong et al. 2020) with RMSNorm (Zhang & Sennrich 2019),
// rotary or learned positions (Su et al. 2021), grouped-query heads (Ainslie et al. 2023), SwiGLU (Shazeer 2020) and
// tied embeddings (Press & Wolf 2017). Every sequence begins with kStart. Other, older
// architectures are models too (architecture.h); decoder.h and encode() work with transformers only.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/layout.h"
#include "transformer/tokenizer.h"

namespace noema::transformer {

struct ModelOptions {
  int layers = 4;                      // blocks
  int width = 256;                     // floats of a hidden state
  int heads = 4;                       // width / heads must be even
  int context = 128;                   // tokens that a prediction can see, including the start token
  float dropout = 0.1F;                // share of activations dropped in the residual branches during training
  std::string tokenizer = "bpe:8192";  // see Tokenizer::train
  int kv_heads = 0;                  // heads of keys and values, each shared by heads / kv_heads query heads; 0: heads
  std::string positions = "rotary";  // or "learned": a vector for each of the context's positions
  std::string architecture = "transformer";  // see architecture.h
  std::string pairs = "";  // how a model trained on pairs reads their sources: "causal" or "prefix"; empty: no pairs
  std::string attention = "luong";  // of seq2seq: "luong" or "none"

  /// "tiny" (bytes, usable from birth without text), "small" or "base". Throws UsageError for other names.
  static ModelOptions preset(std::string_view name);
  /// Throws UsageError, naming the option, if no model can have these options.
  void validate() const;
};

/// The sizes of a transformer, and the position of each tensor in the flat array of weights. All matrices are
/// [in, out], row-major.
struct Shape {
  int layers, width, heads, kv_heads, hidden, context, vocabulary;
  bool learned_positions;

  Shape(const ModelOptions& options, int vocabulary_size);
  int head_width() const { return width / heads; }
  int kv_width() const { return kv_heads * head_width(); }
  int qkv_width() const { return width + 2 * kv_width(); }

  struct Layer {
    std::size_t norm1, qkv, out, norm2, gate_up, down;
  };
  std::size_t embedding() const { return 0; }  ///< [vocabulary, width]; also the output matrix
  Layer layer(int index) const;                ///< gains [width]; qkv [width, qkv_width]; out [width, width];
                                               ///< gate_up [width, 2 hidden]; down [hidden, width]
  std::size_t final_norm() const;              ///< [width]
  std::size_t positions() const { return final_norm() + static_cast<std::size_t>(width); }  ///< [context, width]
  Layout layout() const;                                                                    ///< of all tensors
  std::size_t parameters() const {
    return positions() + (learned_positions ? static_cast<std::size_t>(context) * static_cast<std::size_t>(width) : 0);
  }
};

/// What a token may see.
enum class Mask { kCausal, kBidirectional };

class Model {
 public:
  /// Draws the weights as the layout says. Those of a transformer are normal with standard deviation 0.02, and smaller
  /// where a block writes to the residual stream (as in GPT-2).
  static Model random(const ModelOptions& options, Tokenizer tokenizer, std::uint64_t seed);
  Model(ModelOptions options, Tokenizer tokenizer, std::vector<float> weights);

  /// The model as a file (container.h). load and parse throw Error if the file is missing, no model, damaged or of a
  /// newer version, or if a weight is not finite.
  static Model load(const std::filesystem::path& path);
  static Model parse(std::string_view bytes, std::string_view name = "model");
  std::string serialize() const;
  void save(const std::filesystem::path& path) const;

  const ModelOptions& options() const { return options_; }
  const Tokenizer& tokenizer() const { return tokenizer_; }
  /// Throws Error if the model is no transformer.
  const Shape& shape() const;
  int width() const { return options_.width; }
  int context() const { return options_.context; }
  std::span<const float> weights() const { return weights_; }
  /// The weights of a copy that goes on learning; who shares the model sees the change, and the hash is another's.
  std::vector<float>& weights_to_learn() { return weights_; }

  /// SHA-256 of tokenizer, shape and weights: equal for models that compute the same.
  std::string hash() const;

  /// Final hidden states [tokens, width], row-major. A sequence longer than the context is read in windows that overlap
  /// by half; each token's state comes from the window in which it sees most. O(T (parameters + context width)).
  /// Creates an Encoder in each call; to be faster, keep an Encoder.
  std::vector<float> encode(std::span<const Token> tokens, Mask mask) const;

 private:
  ModelOptions options_;
  Tokenizer tokenizer_;
  Shape shape_;
  std::vector<float> weights_;
};

}  // namespace noema::transformer
