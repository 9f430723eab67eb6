#pragma once
// Stacked recurrent layers: LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000) or GRU (Cho
// et al. 2014). Equations and order of gates are PyTorch's, so that results can be compared number by number. The
// architectures before the transformer are built of them: recurrent_network.h (language models), seq2seq_network.h.

#include <span>
#include <string>
#include <vector>

#include "transformer/layout.h"
#include "transformer/network.h"

namespace noema::transformer {

enum class Cell { kLstm, kGru };

/// The positions of a stack's layers in the weights. All layers read and write `width` floats for each token.
struct RecurrentShape {
  Cell cell;
  int layers, width;
  std::size_t begin;  // of the first tensor

  struct Layer {
    std::size_t input, recurrent, bias;
  };
  /// Columns of a layer's two matrices: blocks i f g o of the LSTM, r z n of the GRU.
  int columns() const { return (cell == Cell::kLstm ? 4 : 3) * width; }
  /// input, recurrent: [width, columns]. bias: [4 width]; blocks i f g o, or r z m n, m that of the recurrent part of
  /// n.
  Layer layer(int index) const;
  std::size_t end() const { return layer(layers).input; }
  /// Appends the tensors to the layout, where they must begin at `begin`. Forget gates are initialised open (Jozefowicz
  /// et al. 2015).
  void append(Layout& layout, const std::string& name) const;
};

/// The layers in training. The forward pass keeps what the backward pass needs. A row is a token, and the rows of a
/// sequence are contiguous. A time step processes one row of every sequence of a group; the groups run in parallel.
class RecurrentStack {
 public:
  /// For at most `sequences` sequences of at most `length` tokens.
  RecurrentStack(const RecurrentShape& shape, int sequences, int length);

  /// Inputs of a forward pass and of its backward pass.
  struct Pass {
    const float* weights;  // of the whole model
    const float* table;    // embedding, [vocabulary, width]
    std::span<const Token> tokens;
    int sequences, length;
    Regularisation regularisation;
    const int* begins = nullptr;       // [sequences]: the state is zero before this step; null: step 0
    RecurrentStack* before = nullptr;  // a stack of the same shape, whose last states are the initial states here
    int length_before = 0;
  };

  /// Reads the tokens, with dropout on the embedding, between layers and on the output (Zaremba et al. 2014).
  /// O(tokens layers width^2).
  void forward(const Pass& pass);
  /// Hidden states of the top layer after dropout, [rows, width].
  const float* output() const { return output_.data(); }

  /// Sets the layers' part of the gradient, from output_gradient(), which the caller sets. Afterwards output_gradient()
  /// is the gradient of the embedded tokens, and pass.before has the gradient of its last states.
  void backward(const Pass& pass, float* gradient);
  float* output_gradient() { return dhidden_.data(); }

 private:
  /// [rows, ...]; dfirst and dlast: gradients of the states before the first step and after the last, [sequences, w].
  struct Layer {
    std::vector<float> input, gates, hidden, cells, turned;  // turned: recurrent matrix, transposed
    std::vector<float> dfirst_hidden, dfirst_cells, dlast_hidden, dlast_cells;
  };
  /// The sequences that one task processes in all layers.
  struct Group {
    int index, first_sequence, sequences, first_row, rows;
  };
  /// State before the first step: rows of `stride` floats; null: zero.
  struct First {
    const float *hidden = nullptr, *cells = nullptr;
    std::ptrdiff_t stride = 0;
  };
  void make_room(int sequences);
  int groups(const Pass& pass) const;
  Group group(const Pass& pass, int index) const;
  First first(const Pass& pass, int layer) const;

  void forward_layer(int index, const Group& g, const Pass& pass);
  void backward_layer(int index, const Group& g, const Pass& pass);
  void backward_steps(int index, const Group& g, const Pass& pass);
  void weight_gradients(int index, const Pass& pass, float* gradient);

  RecurrentShape shape_;
  int most_rows_;
  bool is_before_ = false;  // whether another stack continues this one and sets the gradients of its last states
  std::vector<Layer> layers_;
  std::vector<float> zeros_, output_, dhidden_, dgates_, previous_, dbias_;
};

/// Reads one sequence token by token, without gradients. It is the plain version of the stack, and reads streams.
class RecurrentState {
 public:
  explicit RecurrentState(const RecurrentShape& shape);
  void clear();
  /// Reads one token's vector [width]; returns the top layer's hidden state, valid until the next call.
  std::span<const float> step(const float* weights, const float* x);
  std::span<const float> top() const { return hidden_.back(); }

  /// A copy of the states, for another stack of layers in the weights.
  RecurrentState moved_to(const RecurrentShape& shape) const;

 private:
  RecurrentShape shape_;
  std::vector<std::vector<float>> hidden_, cells_;
  std::vector<float> gates_, next_;
};

}  // namespace noema::transformer
