/** Tells in a message of the compiler why a value cannot be logged: nothing has this type. */
type NotLoggable<Reason extends string> = { readonly 'cannot be logged': Reason } & never[] & string

type AnyFunction = ((...args: never) => unknown) | (abstract new (...args: never) => unknown)

/**
 * A row with a type that nothing fits in place of each value that {@link Run.log} would leave out: functions, promises,
 * symbols and `undefined`, also in lists and nested objects. A property that may be missing is no such value. Objects with
 * methods, such as media, Dates and tensors, are not looked into.
 */
export type Loggable<Row> = {
  [Key in keyof Row]: Record<never, never> extends Pick<Row, Key>
    ? LoggableValue<Exclude<Row[Key], undefined>> | undefined
    : LoggableValue<Row[Key]>
}

type LoggableValue<Value> = unknown extends Value
  ? Value
  : Value extends undefined
    ? NotLoggable<'it may be undefined'>
    : Value extends symbol
      ? NotLoggable<'it is a symbol'>
      : Value extends AnyFunction
        ? NotLoggable<'it is a function: call it'>
        : Value extends PromiseLike<unknown>
          ? NotLoggable<'it is a promise: await it first'>
          : Value extends readonly (infer Member)[]
            ? readonly LoggableValue<Member>[]
            : Value extends object
              ? HasMethods<Value> extends true
                ? Value
                : Loggable<Value>
              : Value

type HasMethods<Value> = true extends {
  [Key in keyof Value]-?: Value[Key] extends AnyFunction ? true : false
}[keyof Value]
  ? true
  : false
