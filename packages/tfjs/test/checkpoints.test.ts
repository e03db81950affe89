import { describeCheckpoints } from './checkpoint-behaviour.ts'
import { tf } from './tensorflow.ts'

describeCheckpoints(tf, ['sgd', 'momentum', 'adam', 'rmsprop'])
